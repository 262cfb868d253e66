import type { Profile, ReadingTable } from '../profile.ts';
import type { Oid } from '../snmp/value.ts';
import { MAX_TERMINALS, opticsColumns } from './optics.ts';
import { readingColumns } from './reading-columns.ts';
import { sensor } from './sensor.ts';
import { usage } from './usage.ts';

/** What stands where nothing was measured. */
const NONE = [-65_535, 65_535, 2 ** 31 - 1];

/**
 * Tables of BDCOM, which those who sell its devices under their own names keep under their own number.
 * @param enterprise the number's OID
 */
export function bdcomReadings(enterprise: Oid): readonly ReadingTable[] {
  const system = `${enterprise}.3.6`;
  const sfp = `${enterprise}.9.63.1.7.1`;
  const gponSfp = `${enterprise}.10.2.2.1`;
  const eponSfp = `${enterprise}.101.107.1`;
  return [
    readingColumns([
      usage('processor', `${system}.10.1.11`, 'Processor'),
      usage('memory', `${system}.10.1.12`, 'Memory'),
      sensor('temperature', `${system}.10.1.13`, 'Inside', { absent: [0] }),
      sensor('voltage', `${system}.10.1.14`, 'Board', { absent: [0] }),
      sensor('humidity', `${system}.17`, 'Inside', { absent: [0] }),
      sensor('state', `${system}.18`, 'System', { id: 'system' }),
      sensor('state', `${enterprise}.9.189.1`, 'Power supplies', { id: 'power-supply' }),
    ]),
    readingColumns([
      sensor('fanspeed', `${enterprise}.9.187.4.1.3`, 'Fan $index', { id: 'fan' }),
      sensor('state', `${enterprise}.9.187.4.1.2`, 'Fan $index', { id: 'fan' }),
    ]),
    // NMS-IF-MIB, ifSfpParameterTable; registers of SFF-8472: 1/256 °C, 100 µV, 2 µA.
    readingColumns([
      ...opticsColumns({
        label: { ifIndexAt: 0 },
        absent: NONE,
        tx: { value: `${sfp}.2`, scale: 0.01 },
        rx: { value: `${sfp}.3`, scale: 0.01 },
        temperature: { value: `${sfp}.4`, scale: 1 / 256 },
        voltage: { value: `${sfp}.5`, scale: 1e-4 },
        bias: { value: `${sfp}.6`, scale: 2e-6 },
      }),
      sensor('state', `${sfp}.21`, '', { label: { ifIndexAt: 0 }, says: 'light', id: 'light', absent: NONE }),
    ]),
    readingColumns([
      sensor('count', `${enterprise}.10.2.1.1.4`, '', {
        label: { ifIndexAt: 0 },
        says: 'ONUs online',
        id: 'onus-online',
      }),
      sensor('count', `${enterprise}.10.2.1.1.5`, '', {
        label: { ifIndexAt: 0 },
        says: 'ONUs offline',
        id: 'onus-offline',
      }),
    ]),
    readingColumns([
      ...opticsColumns({
        label: { ifIndexAt: 0 },
        id: 'pon',
        absent: NONE,
        temperature: { value: `${gponSfp}.2`, scale: 1 / 256 },
        voltage: { value: `${gponSfp}.3`, scale: 1e-4 },
        tx: { value: `${gponSfp}.5`, scale: 0.1 },
      }),
      ...opticsColumns({
        label: { ifIndexAt: 0 },
        id: 'epon',
        absent: NONE,
        tx: { value: `${eponSfp}.3`, scale: 0.1 },
        temperature: { value: `${eponSfp}.6`, scale: 1 / 256 },
        voltage: { value: `${eponSfp}.7`, scale: 1e-4 },
        bias: { value: `${eponSfp}.8`, scale: 2e-6 },
      }),
    ]),
    // Terminals are interfaces of their own; by GPON's table, EPON's, and as the OLT sees those of EPON.
    ...(
      [
        ['onu', 'rx', `${enterprise}.10.3.4.1.2`],
        ['onu', 'rxAtOlt', `${enterprise}.10.2.3.1.3`],
        ['epon-onu', 'rx', `${enterprise}.101.10.5.1.5`],
        ['epon-onu', 'rxAtOlt', `${enterprise}.101.108.1.3`],
      ] as const
    ).map(([id, side, value]) =>
      readingColumns(
        opticsColumns({ label: { ifIndexAt: 0 }, id, absent: [0, ...NONE], [side]: { value, scale: 0.1 } }),
        { maxRows: MAX_TERMINALS },
      ),
    ),
  ];
}

/** Where the same devices tell who they are. */
export const bdcomIdentity = (enterprise: Oid): Pick<Profile['identity'], 'model' | 'version' | 'serial'> => ({
  model: [{ oid: `${enterprise}.3.6.10.1.3.0` }, { from: 'sysDescr', pattern: /([\w-]+) (?:Series )?Software/ }],
  version: [{ oid: `${enterprise}.3.6.10.1.6.0` }, { from: 'sysDescr', pattern: /Version ([\w.]+(?: Build \d+)?)/ }],
  serial: [{ oid: `${enterprise}.3.6.10.1.4.0` }],
});
