import { indexOf, median, type ReadingGroup, reading, tally } from '../group.ts';
import { monitor, numbersOf, table } from '../menu.ts';

const RADIOS = table('/interface/wireless', ['name', 'mode', 'ssid', 'disabled', 'running']);
const REGISTRATIONS = table('/interface/wireless/registration-table', [
  'interface',
  'ap',
  'radio-name',
  'signal-strength',
  'signal-to-noise',
  'tx-ccq',
  'tx-rate',
  'rx-rate',
]);
const MONITOR = monitor('/interface/wireless', ['name', 'channel', 'frequency', 'noise-floor', 'overall-tx-ccq']);

/** Modes in which a radio serves people; in the others it is one end of a link. */
const SERVES = /^ap-bridge|^wds-slave/;
type Radio = { readonly name: string; readonly ssid: string; readonly isServing: boolean; readonly isRunning: boolean };

/** Radios of the legacy wireless package: clients where they serve, signal and rates where they are a link. */
export const group: ReadingGroup = {
  pace: 'poll',
  async read(ask, context) {
    const radios = ((await ask.rows(RADIOS)) ?? [])
      .filter((row) => row.flag('disabled') !== true)
      .map(
        (row): Radio => ({
          name: row.text('name'),
          ssid: row.text('ssid'),
          isServing: SERVES.test(row.text('mode')),
          isRunning: row.flag('running') === true,
        }),
      );
    if (radios.length === 0) return [];
    const running = radios.filter(({ isRunning }) => isRunning).map(({ name }) => name);
    const [registrations, measured] = await Promise.all([
      ask.rows(REGISTRATIONS),
      running.length === 0 ? [] : ask.rows(MONITOR, numbersOf(running)),
    ]);
    const clients = tally(registrations ?? [], (row) => row.text('interface'));
    const signalOf = (name: string): number | null =>
      median(
        (registrations ?? [])
          .filter((row) => row.text('interface') === name)
          .map((row) => row.number('signal-strength')),
      );
    const links = new Map((registrations ?? []).map((row) => [row.text('interface'), row]));
    const figures = new Map((measured ?? []).map((row, at) => [row.text('name') || running[at], row]));
    return radios.flatMap((radio) => {
      const index = indexOf(context, radio.name);
      const label = `SSID: ${radio.ssid}`;
      const now = figures.get(radio.name);
      const link = radio.isServing ? undefined : links.get(radio.name);
      return [
        ...(radio.isServing
          ? [
              ...reading('wireless', 'clients', index, clients.get(radio.name) ?? 0, label),
              ...reading('wireless', 'rssi', `${index}.clients`, signalOf(radio.name), `${label} clients`),
            ]
          : []),
        ...reading('wireless', 'frequency', index, now?.number('frequency') ?? channelOf(now?.text('channel')), label),
        ...reading('wireless', 'noise-floor', index, now?.number('noise-floor') ?? null, label),
        ...reading('wireless', 'ccq', index, now?.number('overall-tx-ccq') ?? link?.number('tx-ccq') ?? null, label),
        ...reading('wireless', 'rssi', index, link?.number('signal-strength') ?? null, label),
        ...reading('wireless', 'snr', index, link?.number('signal-to-noise') ?? null, label),
        ...reading('wireless', 'rate', `${index}.tx`, link?.rate('tx-rate') ?? null, `${label} Tx`),
        ...reading('wireless', 'rate', `${index}.rx`, link?.rate('rx-rate') ?? null, `${label} Rx`),
      ];
    });
  },
};

/** `2462/20/gn`: MHz first. */
function channelOf(text: string | undefined): number | null {
  const mhz = /^(\d{4,5})(?:\/|$)/.exec(text ?? '')?.[1];
  return mhz === undefined ? null : Number(mhz);
}
