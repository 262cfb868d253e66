import type { NewShift } from '../../core/contract/duty.ts';
import type { NewNoticePolicy } from '../../core/contract/notice-policies.ts';
import type { RecipientRole } from '../../core/domain/duty.ts';
import type { Inventory } from '../../core/stores/inventory/inventory.ts';
import { VILLAGES } from './facts/villages.ts';

const PROVINCE = '16';
const CHANNEL = 'Telepon lab';
type Stores = Pick<Inventory, 'channels' | 'recipients' | 'duty' | 'noticePolicies'>;
type Person = { readonly name: string; readonly role: RecipientRole; readonly regionCode: string };

const PEOPLE: readonly Person[] = [
  { name: 'Sri Rahayu, insinyur jaga', role: 'engineer', regionCode: PROVINCE },
  { name: 'Budi Santoso, insinyur', role: 'engineer', regionCode: PROVINCE },
  { name: 'Hendra Wijaya, kepala bidang', role: 'manager', regionCode: PROVINCE },
  ...VILLAGES.map(({ code, name }) => ({ name: `Petugas ${name}`, role: 'officer', regionCode: code }) as const),
];

/**
 * Who is told of what in the lab: the engineer on duty and the village's officer at once, the head of the office where
 * nobody acknowledges. What somebody changed since stays; only where the telephones are is told anew.
 * @param phoneUrl takes what the webhook sends
 * @param secret signs it
 */
export async function seedPeople(
  { channels, recipients, duty, noticePolicies }: Stores,
  { phoneUrl, secret, now }: { readonly phoneUrl: string; readonly secret: string; readonly now: number },
): Promise<void> {
  const settings = { url: phoneUrl, secret };
  const known = (await channels.list()).find(({ name }) => name === CHANNEL);
  if (known !== undefined) return void (await channels.update(known.id, { settings }));
  const channel = await channels.create({ name: CHANNEL, kind: 'webhook', settings });
  const ids: string[] = [];
  for (const person of PEOPLE) {
    const addresses = [{ channelId: channel.id, to: person.name }];
    ids.push((await recipients.create({ ...person, language: 'id', addresses })).id);
  }
  const [onDuty = ''] = ids;
  const times: NewShift['times'] = { kind: 'weekly', days: [0, 1, 2, 3, 4, 5, 6], from: 0, to: 0 };
  await duty.addShift({ regionCode: PROVINCE, role: 'engineer', recipientId: onDuty, times });
  await noticePolicies.create(POLICY, now);
}

const POLICY: NewNoticePolicy = {
  regionCode: PROVINCE,
  enabled: true,
  steps: [
    {
      afterMinutes: 0,
      minSeverity: 'minor',
      to: [
        { kind: 'duty', role: 'engineer' },
        { kind: 'officers', of: 'root' },
      ],
      channelIds: null,
      repeat: null,
      evenIfAcknowledged: false,
    },
    {
      afterMinutes: 15,
      minSeverity: 'major',
      to: [{ kind: 'role', role: 'manager' }],
      channelIds: null,
      repeat: null,
      evenIfAcknowledged: false,
    },
  ],
  quietHours: null,
};
