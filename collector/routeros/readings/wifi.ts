import type { ProbeReading } from '../../profile.ts';
import { type GroupContext, indexOf, median, type ReadingGroup, reading, tally } from '../group.ts';
import { type Ask, table } from '../menu.ts';

const RADIO = ['name', 'configuration.mode', 'configuration.ssid', 'disabled'] as const;
const REGISTRATION = ['interface', 'ssid', 'signal', 'tx-rate', 'rx-rate'] as const;
/** The package's name since 7.13, and before. */
const PACKAGES = ['/interface/wifi', '/interface/wifiwave2'].map((path) => ({
  radios: table(path, RADIO),
  registrations: table(`${path}/registration-table`, REGISTRATION),
}));

/** Radios of RouterOS 7's own Wi-Fi package, those that a controller manages included. */
export const group: ReadingGroup = {
  pace: 'poll',
  async read(ask, context) {
    for (const menus of PACKAGES) {
      const radios = await ask.rows(menus.radios);
      if (radios === null) continue;
      const used = radios.filter((row) => row.flag('disabled') !== true);
      return used.length === 0 ? [] : await readRadios(ask, context, used, menus);
    }
    return [];
  },
};

async function readRadios(
  ask: Ask,
  context: GroupContext,
  radios: readonly { readonly text: (prop: (typeof RADIO)[number]) => string }[],
  { registrations }: (typeof PACKAGES)[number],
): Promise<ProbeReading[]> {
  const rows = (await ask.rows(registrations)) ?? [];
  const clients = tally(rows, (row) => row.text('interface'));
  const signalOf = (name: string): number | null =>
    median(rows.filter((row) => row.text('interface') === name).map((row) => row.number('signal')));
  const known = new Map(rows.map((row) => [row.text('interface'), row]));
  return radios.flatMap((radio) => {
    const name = radio.text('name');
    const row = known.get(name);
    const index = indexOf(context, name);
    const label = `SSID: ${radio.text('configuration.ssid') || row?.text('ssid') || name}`;
    if (!radio.text('configuration.mode').startsWith('station'))
      return [
        ...reading('wireless', 'clients', index, clients.get(name) ?? 0, label),
        ...reading('wireless', 'rssi', `${index}.clients`, signalOf(name), `${label} clients`),
      ];
    return [
      ...reading('wireless', 'rssi', index, row?.number('signal') ?? null, label),
      ...reading('wireless', 'rate', `${index}.tx`, row?.rate('tx-rate') ?? null, `${label} Tx`),
      ...reading('wireless', 'rate', `${index}.rx`, row?.rate('rx-rate') ?? null, `${label} Rx`),
    ];
  });
}
