import type { Profile, ReadingTable } from '../profile.ts';
import { opticsColumns } from '../readings/optics.ts';
import { readingColumns } from '../readings/reading-columns.ts';
import { sensor } from '../readings/sensor.ts';
import { usage } from '../readings/usage.ts';
import type { Oid } from '../snmp/value.ts';

/** Management objects of Ruijie, and of FS, whose switches it makes. */
const RUIJIE: Oid = '1.3.6.1.4.1.4881.1.1.10.2';
const FS: Oid = '1.3.6.1.4.1.52642.1.1.10.2';
/** What stands where a transceiver tells nothing. */
const NONE = [-1, -10_000, 2 ** 31 - 1];
const STATUS_ABSENT = 1;

function readingsOf(base: Oid): readonly ReadingTable[] {
  const system = `${base}.1.1`;
  const fibre = `${base}.105.1.1.1`;
  const temperature = `${system}.44.1`;
  const limits = (first: number) => ({
    lowWarning: `${fibre}.${first}`,
    highWarning: `${fibre}.${first + 1}`,
    low: `${fibre}.${first + 2}`,
    high: `${fibre}.${first + 3}`,
  });
  return [
    // RUIJIE-PROCESS-MIB: over 5 minutes.
    readingColumns([usage('processor', `${base}.36.1.1.3`, 'Processor')]),
    readingColumns([usage('memory', `${base}.35.1.1.1.3`, 'Memory $index')]),
    readingColumns([
      sensor('temperature', `${temperature}.5`, '', {
        label: `${temperature}.4`,
        absent: [0],
        limits: { highWarning: `${temperature}.6`, high: `${temperature}.7` },
      }),
    ]),
    readingColumns([
      sensor('state', `${system}.18.1.2`, '', {
        label: `${system}.18.1.3`,
        id: 'power-supply',
        absent: [STATUS_ABSENT],
      }),
      sensor('state', `${system}.21.1.2`, '', { label: `${system}.21.1.3`, id: 'fan', absent: [STATUS_ABSENT] }),
    ]),
    // RUIJIE-FIBER-MIB: °C, mV, µA and hundredths of a dBm.
    readingColumns(
      opticsColumns({
        label: `${fibre}.2`,
        absent: NONE,
        where: { column: `${fibre}.15`, is: /^1$/ },
        temperature: { value: `${fibre}.17`, limits: limits(153) },
        voltage: { value: `${fibre}.19`, scale: 0.001, limits: limits(157) },
        bias: { value: `${fibre}.21`, scale: 1e-6, limits: limits(161) },
        rx: { value: `${fibre}.76`, scale: 0.01, limits: limits(91) },
        tx: { value: `${fibre}.81`, scale: 0.01, limits: limits(95) },
      }),
    ),
    // RUIJIE-POE-MIB: in mW.
    readingColumns([
      sensor('power', `${base}.110.1.1.1.7`, '', {
        label: { ifIndexAt: 0 },
        says: 'PoE',
        id: 'poe',
        scale: 0.001,
        absent: [0],
      }),
      sensor('state', `${base}.110.1.1.1.4`, '', { label: { ifIndexAt: 0 }, says: 'PoE', id: 'poe' }),
    ]),
  ];
}

/** Switches, access points and gateways of Ruijie (Reyee), and switches that it makes for FS. */
export const profile: Profile = {
  match: [{ objectId: '1.3.6.1.4.1.4881' }, { objectId: '1.3.6.1.4.1.52642.1.1.10' }],
  identity: {
    vendor: [{ from: 'sysObjectID', pattern: /^1\.3\.6\.1\.4\.1\.52642\b/, text: 'FS' }, { text: 'Ruijie' }],
    os: [
      { from: 'sysObjectID', pattern: /^1\.3\.6\.1\.4\.1\.4881\b/, text: 'ruijie' },
      { from: 'sysDescr', pattern: /Data Center Switch/, text: 'fs-switch-dc' },
      { text: 'fs-ruijie' },
    ],
    model: [{ oid: `${FS}.1.1.26.0` }, { oid: `${RUIJIE}.1.1.26.0` }, { from: 'sysDescr', pattern: /\(([\w-]+)\)/ }],
    version: [{ oid: `${FS}.1.1.2.0` }, { oid: `${RUIJIE}.1.1.2.0` }],
    serial: [{ oid: `${FS}.1.1.24.0` }, { oid: `${RUIJIE}.1.1.24.0` }],
  },
  readings: [...readingsOf(FS), ...readingsOf(RUIJIE)],
};
