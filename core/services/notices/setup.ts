import type { NoticeGap, NoticeSetup } from '../../contract/notice-policies.ts';
import { covers, type RegionCode } from '../../domain/region.ts';
import type { Inventory } from '../../stores/inventory/inventory.ts';
import { readBook, readPolicies } from './book.ts';

type Parts = {
  readonly inventory: Pick<Inventory, 'channels' | 'noticePolicies' | 'recipients' | 'duty'>;
  readonly publicUrl: string | null;
  readonly hasSecretKey: boolean;
};

/** What is missing for messages to leave for a region; empty = everywhere. */
export async function noticeSetup(
  { inventory, publicUrl, hasSecretKey }: Parts,
  { region, at }: { readonly region: RegionCode | ''; readonly at: number },
): Promise<NoticeSetup> {
  const policies = await readPolicies(inventory);
  const { people, shifts } = await readBook(inventory, at);
  const isNear = ({ regionCode }: { readonly regionCode: RegionCode | '' }): boolean =>
    covers(region, regionCode) || covers(regionCode, region);
  const channels = (await inventory.channels.versions()).filter(({ enabled }) => enabled).length;
  const near = {
    recipients: [...people.values()].filter((one) => isNear(one) && one.addresses.length > 0).length,
    shifts: shifts.filter(isNear).length,
    policies: policies.filter(isNear),
  };
  const wantsDuty = near.policies.some(({ steps }) => steps.some(({ to }) => to.some(({ kind }) => kind === 'duty')));
  const gaps: readonly (readonly [NoticeGap, boolean])[] = [
    ['secret-key', !hasSecretKey],
    ['public-url', publicUrl === null],
    ['channel', channels === 0],
    ['recipient', near.recipients === 0],
    ['policy', near.policies.length === 0],
    ['duty', wantsDuty && near.shifts === 0],
  ];
  return {
    channels,
    recipients: near.recipients,
    shifts: near.shifts,
    policies: near.policies.length,
    publicUrl,
    missing: gaps.filter(([, isMissing]) => isMissing).map(([gap]) => gap),
  };
}
