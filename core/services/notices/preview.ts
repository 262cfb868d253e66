import type { NewNoticePolicy, NoticePolicy, NoticePreview } from '../../contract/notice-policies.ts';
import { MINUTE } from '../../domain/clock.ts';
import { levelOf } from '../../domain/escalation.ts';
import type { RegionCode } from '../../domain/region.ts';
import { isAtLeast, type Severity } from '../../domain/severity.ts';
import { type BookSources, policiesFor, readBook, readPolicies } from './book.ts';
import { leavesAt, peopleOf, type Scene } from './people.ts';

type Wanted = {
  readonly region: RegionCode;
  readonly at: number;
  readonly severity: Severity;
  readonly policy?: NewNoticePolicy | undefined;
};
type Item = NoticePreview['items'][number];

/** Who would be told what and when of an incident that opens at a place then, lasts and is acknowledged by nobody. */
export async function previewNotices(inventory: BookSources, wanted: Wanted): Promise<NoticePreview> {
  const { region, severity } = wanted;
  const book = await readBook(inventory, wanted.at);
  const where = { regionCode: region, regionCodes: [region] };
  const policies: readonly (NewNoticePolicy & Partial<Pick<NoticePolicy, 'id'>>)[] =
    wanted.policy === undefined ? policiesFor(await readPolicies(inventory), where) : [wanted.policy];
  const scene: Scene = { ...where, rootKind: 'device', siteId: null, siteRegion: region, siteIds: [] };
  const items: Item[] = [];
  const unreachable = new Map<string, string>();
  for (const policy of policies) {
    for (const [index, step] of policy.steps.entries()) {
      if (!isAtLeast(severity, step.minSeverity)) continue;
      for (let round = 0; round <= (step.repeat?.times ?? 0); round += 1) {
        const at = wanted.at + (step.afterMinutes + round * (step.repeat?.everyMinutes ?? 0)) * MINUTE;
        const { people, isDutyEmpty } = peopleOf(step, { book, policy, scene, at });
        const messages = people.flatMap((meant): Item['messages'] => {
          const { id: recipientId, name, addresses } = meant.person;
          const reached = addresses.filter(({ channelId }) => step.channelIds?.includes(channelId) ?? true);
          if (reached.length === 0) unreachable.set(recipientId, name);
          const leaves = leavesAt(meant, { at, severity, policy, regionCode: region });
          return reached.map(({ channelId, channelName }) => ({
            recipientId,
            name,
            isOnDuty: meant.isOnDuty,
            channelId,
            channelName,
            leavesAt: leaves.at,
          }));
        });
        items.push({
          policyId: policy.id ?? null,
          policyRegionCode: policy.regionCode,
          step: index,
          level: levelOf(policy.steps, index),
          round,
          at,
          isDutyEmpty,
          messages,
        });
      }
    }
  }
  return {
    items: items.sort((a, b) => a.at - b.at || a.step - b.step),
    unreachable: [...unreachable].map(([recipientId, name]) => ({ recipientId, name })),
  };
}
