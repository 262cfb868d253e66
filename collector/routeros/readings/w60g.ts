import { indexOf, type ReadingGroup, reading } from '../group.ts';
import { monitor, numbersOf, table } from '../menu.ts';

const RADIOS = table('/interface/w60g', ['name', 'ssid', 'disabled']);
const MONITOR = monitor('/interface/w60g', [
  'name',
  'connected',
  'frequency',
  'rssi',
  'signal',
  'tx-phy-rate',
  'tx-packet-error-rate',
  'distance',
]);

/** Radios of 60 GHz links. */
export const group: ReadingGroup = {
  pace: 'poll',
  async read(ask, context) {
    const radios = ((await ask.rows(RADIOS)) ?? []).filter((row) => row.flag('disabled') !== true);
    const names = radios.map((row) => row.text('name'));
    if (names.length === 0) return [];
    const measured = (await ask.rows(MONITOR, numbersOf(names))) ?? [];
    return measured.flatMap((row, at) => {
      const name = row.text('name') || names[at] || '';
      const index = indexOf(context, name);
      const label = `60G: ${radios.find((radio) => radio.text('name') === name)?.text('ssid') || name}`;
      const clients = reading('wireless', 'clients', index, row.flag('connected') === true ? 1 : 0, label);
      // Without a peer the figures are those of the last one, or nothing.
      if (row.flag('connected') === false) return clients;
      const metres = row.number('distance');
      return [
        ...clients,
        ...reading('wireless', 'rssi', index, row.number('rssi'), label),
        ...reading('wireless', 'quality', index, row.number('signal'), label),
        ...reading('wireless', 'rate', `${index}.tx`, row.rate('tx-phy-rate'), `${label} Tx`),
        ...reading('wireless', 'frequency', index, row.number('frequency'), label),
        ...reading('wireless', 'distance', index, metres === null ? null : metres / 1_000, label),
        ...reading('wireless', 'error-ratio', index, row.number('tx-packet-error-rate'), `${label} Tx`),
      ];
    });
  },
};
