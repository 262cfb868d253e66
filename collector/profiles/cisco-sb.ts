import type { Profile } from '../profile.ts';
import { opticsColumns } from '../readings/optics.ts';
import { readingColumns } from '../readings/reading-columns.ts';
import { sensor } from '../readings/sensor.ts';
import { usage } from '../readings/usage.ts';

/** CISCOSB-MIB and its kin. */
const SB = '1.3.6.1.4.1.9.6.1.101';
/** rlPhdUnitGenParamTable and rlPhdUnitEnvParamTable: a row a unit of the stack. */
const UNIT = `${SB}.53.14.1`;
const UNIT_ENVIRONMENT = `${SB}.53.15.1`;
/** rlPhyTestGetResult: rows are ports, then what was measured. */
const PHY_TEST = `${SB}.90.1.2.1.3`;

const test = (type: number, scale: number) =>
  ({ value: PHY_TEST, rows: new RegExp(`^(\\d+)\\.${type}$`), scale }) as const;

/** Switches for small businesses of Cisco: CBS, Catalyst 1200 and 1300, SG and SF. */
export const profile: Profile = {
  match: [
    { objectId: '1.3.6.1.4.1.9.6.1' },
    { objectId: '1.3.6.1.4.1.3955.6' },
    { objectId: '1.3.6.1.4.1.9.1', descr: /^Catalyst 1[23]00 Series|^\d+-port .*Ethernet Switch/ },
  ],
  identity: {
    vendor: [{ text: 'Cisco' }],
    os: [{ text: 'ciscosb' }],
    model: [
      { oids: [`${UNIT}.11.1`, `${UNIT}.4.1`], join: ' ' },
      { from: 'sysDescr', pattern: /^S[GFX]\S+|^CBS\S+|^SLM\S+|^ESW\S+/ },
    ],
    version: [
      {
        parts: [
          { oid: `${UNIT}.2.1`, pattern: /\S+/, text: 'Software $1' },
          { oid: `${SB}.2.10.0`, pattern: /\S+/, text: 'Bootldr $1' },
          { oid: `${UNIT}.3.1`, pattern: /\S+/, text: 'Firmware $1' },
        ],
        join: ', ',
      },
      {
        parts: [
          { oid: `${UNIT}.2.1`, pattern: /\S+/, text: 'Software $1' },
          { oid: `${UNIT}.3.1`, pattern: /\S+/, text: 'Firmware $1' },
        ],
        join: ', ',
      },
      { oid: `${SB}.2.4.0` },
    ],
    serial: [{ oid: `${UNIT}.5.1` }],
  },
  readings: [
    // Over 5 minutes; 101 while there is none yet.
    readingColumns([usage('processor', `${SB}.1.8`, 'Processor', { absent: [101] })]),
    readingColumns([
      sensor('temperature', `${UNIT_ENVIRONMENT}.10`, 'Unit $index', {
        id: 'unit',
        absent: [0],
        limits: { highWarning: `${UNIT_ENVIRONMENT}.12`, high: `${UNIT_ENVIRONMENT}.13` },
      }),
      sensor('temperature', `${SB}.83.5.1.1.2`, 'Unit $index', { id: 'fan-sensor', absent: [0] }),
    ]),
    readingColumns([sensor('state', `${SB}.83.1.1.1.3`, 'Fan $index', { id: 'fan', absent: [5] })]),
    readingColumns([sensor('state', `${SB}.83.1.2.1.3`, 'Power supply $index', { id: 'power-supply', absent: [5] })]),
    readingColumns(
      opticsColumns({
        label: { ifIndexAt: 0 },
        temperature: test(5, 1),
        voltage: test(6, 1e-6),
        bias: test(7, 1e-6),
        tx: test(8, 0.001),
        rx: test(9, 0.001),
      }),
    ),
    // In mW, by unit and port.
    readingColumns([
      sensor('power', `${SB}.108.1.1.5`, '', {
        label: { ifIndexAt: 1 },
        says: 'PoE',
        id: 'poe',
        scale: 0.001,
        absent: [0],
      }),
    ]),
  ],
};
