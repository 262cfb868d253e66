import { indexOf, type ReadingGroup, reading, tally } from '../group.ts';
import { table } from '../menu.ts';

const INTERFACES = table('/caps-man/interface', ['name', 'disabled', 'master-interface']);
const REGISTRATIONS = table('/caps-man/registration-table', ['interface', 'ssid']);
const ACCESS_POINTS = '/caps-man/remote-cap';

/** Access points under the legacy controller, and who is on their radios. */
export const group: ReadingGroup = {
  pace: 'poll',
  async read(ask, context) {
    const radios = ((await ask.rows(INTERFACES)) ?? []).filter((row) => row.flag('disabled') !== true);
    if (radios.length === 0) return [];
    const [registrations, accessPoints] = await Promise.all([ask.rows(REGISTRATIONS), ask.count(ACCESS_POINTS)]);
    const clients = tally(registrations ?? [], (row) => row.text('interface'));
    const ssids = new Map((registrations ?? []).map((row) => [row.text('interface'), row.text('ssid')]));
    return [
      ...reading('wireless', 'ap-count', 'caps-man', accessPoints, 'CAPsMAN'),
      ...radios.flatMap((row) => {
        const name = row.text('name');
        const label = `CAP: ${[name, ssids.get(name)].filter(Boolean).join(' ')}`;
        return reading('wireless', 'clients', indexOf(context, name), clients.get(name) ?? 0, label);
      }),
    ];
  },
};
