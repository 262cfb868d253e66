import { indexOf, type ReadingGroup, reading } from '../group.ts';
import { monitor, numbersOf, table } from '../menu.ts';

const PORTS = table('/interface/ethernet/poe', ['name', 'poe-out']);
const MONITOR = monitor('/interface/ethernet/poe', [
  'name',
  'poe-out-status',
  'poe-out-voltage',
  'poe-out-current',
  'poe-out-power',
]);

/** Numbers of mtxrPOEStatus (MIKROTIK-MIB), by the words that the API has for them. */
const STATES = [
  'off',
  'waiting-for-load',
  'powered-on',
  'overload',
  'short-circuit',
  'voltage-too-low',
  'current-too-low',
  'power-reset',
];

/** Power that ports give to what hangs on them. */
export const group: ReadingGroup = {
  pace: 'poll',
  async read(ask, context) {
    const names = ((await ask.rows(PORTS)) ?? [])
      .filter((row) => row.text('poe-out') !== 'off')
      .map((row) => row.text('name'));
    if (names.length === 0) return [];
    const measured = (await ask.rows(MONITOR, numbersOf(names))) ?? [];
    return measured.flatMap((row, at) => {
      const name = row.text('name') || names[at] || '';
      const index = `poe.${indexOf(context, name)}`;
      const state = STATES.indexOf(row.text('poe-out-status')) + 1;
      const milliamperes = row.number('poe-out-current');
      return [
        ...reading('sensor', 'state', index, state === 0 ? null : state, `${name} PoE`),
        ...reading('sensor', 'voltage', index, row.number('poe-out-voltage'), `${name} PoE`),
        ...reading('sensor', 'current', index, milliamperes === null ? null : milliamperes / 1_000, `${name} PoE`),
        ...reading('sensor', 'power', index, row.number('poe-out-power'), `${name} PoE`),
      ];
    });
  },
};
