import type { ProbeReading } from '../../profile.ts';
import type { Cells } from '../cells.ts';
import { indexOf, type ReadingGroup, reading } from '../group.ts';
import { type Ask, type Menu, monitor, numbersOf, table } from '../menu.ts';

const MODEMS = table('/interface/lte', ['name', 'disabled']);
const SIGNAL = [
  'current-operator',
  'rssi',
  'rsrp',
  'rsrq',
  'sinr',
  'nr-rsrp',
  'nr-rsrq',
  'nr-sinr',
  'session-uptime',
] as const;
type SignalProp = (typeof SIGNAL)[number];
const MONITOR = monitor('/interface/lte', SIGNAL);
/** What 6.x calls it. */
const INFO: Menu<SignalProp> = { command: '/interface/lte/info', props: SIGNAL, words: ['=once='] };

/** Signal of LTE and 5G modems. */
export const group: ReadingGroup = {
  pace: 'poll',
  async read(ask, context) {
    const modems = ((await ask.rows(MODEMS)) ?? []).filter((row) => row.flag('disabled') !== true);
    const readings: ProbeReading[] = [];
    for (const modem of modems) {
      const name = modem.text('name');
      const row = await signalOf(ask, name);
      if (row !== undefined) readings.push(...readSignal(row, indexOf(context, name), name));
    }
    return readings;
  },
};

async function signalOf(ask: Ask, name: string): Promise<Cells<SignalProp> | undefined> {
  const rows = (await ask.rows(MONITOR, numbersOf([name]))) ?? (await ask.rows(INFO, `=number=${name}`));
  return rows?.[0];
}

function readSignal(row: Cells<SignalProp>, index: string, name: string): ProbeReading[] {
  const label = [name, row.text('current-operator')].filter((part) => part !== '').join(': ');
  const uptimeS = row.duration('session-uptime');
  return [
    ...reading('wireless', 'rssi', index, row.number('rssi'), label),
    ...reading('wireless', 'rsrp', index, row.number('rsrp'), label),
    ...reading('wireless', 'rsrq', index, row.number('rsrq'), label),
    ...reading('wireless', 'sinr', index, row.number('sinr'), label),
    ...reading('wireless', 'rsrp', `${index}.nr`, row.number('nr-rsrp'), `${label} 5G`),
    ...reading('wireless', 'rsrq', `${index}.nr`, row.number('nr-rsrq'), `${label} 5G`),
    ...reading('wireless', 'sinr', `${index}.nr`, row.number('nr-sinr'), `${label} 5G`),
    ...reading(
      'sensor',
      'runtime',
      `lte.${index}`,
      uptimeS === null ? null : Math.floor(uptimeS / 60),
      `${label} session`,
    ),
  ];
}
