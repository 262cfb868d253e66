import { indexOf, type ReadingGroup, reading } from '../group.ts';
import { monitor, numbersOf, table } from '../menu.ts';

const PORTS = table('/interface/ethernet', ['name', 'default-name', 'disabled']);
const MODULES = monitor('/interface/ethernet', [
  'name',
  'sfp-module-present',
  'sfp-rx-loss',
  'sfp-temperature',
  'sfp-supply-voltage',
  'sfp-tx-bias-current',
  'sfp-tx-power',
  'sfp-rx-power',
]);
const CAGE = /sfp|combo/i;

/** What optical modules measure of themselves. */
export const group: ReadingGroup = {
  pace: 'poll',
  async read(ask, context) {
    const names = ((await ask.rows(PORTS)) ?? [])
      .filter((row) => CAGE.test(row.text('default-name') || row.text('name')) && row.flag('disabled') !== true)
      .map((row) => row.text('name'));
    if (names.length === 0) return [];
    const modules = (await ask.rows(MODULES, numbersOf(names))) ?? [];
    return modules.flatMap((row, at) => {
      if (row.flag('sfp-module-present') === false) return [];
      const name = row.text('name') || names[at] || '';
      const index = indexOf(context, name);
      const milliamperes = row.number('sfp-tx-bias-current');
      return [
        ...reading('sensor', 'dbm', `${index}.tx`, row.number('sfp-tx-power'), `${name} Tx power`),
        ...reading('sensor', 'dbm', `${index}.rx`, row.number('sfp-rx-power'), `${name} Rx power`),
        ...reading('sensor', 'temperature', `sfp.${index}`, row.number('sfp-temperature'), `${name} module`),
        ...reading('sensor', 'voltage', `sfp.${index}`, row.number('sfp-supply-voltage'), `${name} module`),
        ...reading(
          'sensor',
          'current',
          `sfp.${index}`,
          milliamperes === null ? null : milliamperes / 1_000,
          `${name} bias`,
        ),
      ];
    });
  },
};
