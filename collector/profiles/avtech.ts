import type { Profile } from '../profile.ts';
import { type ReadingColumn, readingColumns } from '../readings/reading-columns.ts';
import { sensor } from '../readings/sensor.ts';
import type { Oid } from '../snmp/value.ts';

const AVTECH = '1.3.6.1.4.1.20916.1';

/** A probe: °C, and where it has one a humidity, in hundredths. A socket without a probe says 0. */
const probe = (id: string, at: Oid, label: Oid, humidity?: Oid): ReadingColumn[] => [
  sensor('temperature', at, id, { id: `${id}`, label, scale: 0.01, absent: [0] }),
  ...(humidity === undefined ? [] : [sensor('humidity', humidity, id, { id, label, scale: 0.01, absent: [0] })]),
];
const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, at) => from + at);

/**
 * Room Alert 12E (and 26W, which has more sockets): the internal probe, then sockets of one or more probes, switches.
 * Columns of a socket: °C, °F, humidity, …, label.
 */
const roomAlert12E = readingColumns([
  ...probe('12e-internal', `${AVTECH}.10.1.1.1`, `${AVTECH}.10.1.1.3`),
  ...range(2, 4).flatMap((n) =>
    probe(`12e-${n}`, `${AVTECH}.10.1.${n}.1`, `${AVTECH}.10.1.${n}.8`, `${AVTECH}.10.1.${n}.3`),
  ),
  ...range(5, 8).map((n) =>
    sensor('state', `${AVTECH}.10.1.${n}.1`, 'Switch', { id: `12e-switch-${n}`, label: `${AVTECH}.10.1.${n}.2` }),
  ),
]);

/** Room Alert 12S: labels stand in a branch of their own. */
const roomAlert12S = readingColumns([
  ...probe('12s-internal', `${AVTECH}.12.1.1.1.2`, `${AVTECH}.12.1.4.1.1`),
  ...range(1, 2).flatMap((n) =>
    probe(`12s-${n}`, `${AVTECH}.12.1.2.${n}.1`, `${AVTECH}.12.1.4.2.${n}`, `${AVTECH}.12.1.2.${n}.3`),
  ),
  ...range(1, 4).map((n) =>
    sensor('state', `${AVTECH}.12.1.3.${n}`, 'Switch', { id: `12s-switch-${n}`, label: `${AVTECH}.12.1.4.3.${n}` }),
  ),
]);

/** Room Alert 3E and 4E: an internal probe and external ones, each °C, °F, label. */
const older = readingColumns(
  [9, 6].flatMap((model) => [
    ...probe(`${model}-internal`, `${AVTECH}.${model}.1.1.1.1`, `${AVTECH}.${model}.1.1.1.3`),
    ...range(1, 4).flatMap((n) =>
      probe(`${model}-${n}`, `${AVTECH}.${model}.1.2.${n}.1`, `${AVTECH}.${model}.1.2.${n}.3`),
    ),
  ]),
);

/** Room Alert MAX: rows of any sensor, the kind in words; hundredths. */
const MAX = `${AVTECH}.14.3.1.1`;
const maxRows = (name: string, kind: RegExp): ReadingColumn =>
  sensor(name, `${MAX}.4`, '', { id: 'max', label: `${MAX}.3`, scale: 0.01, where: { column: `${MAX}.5`, is: kind } });
const roomAlertMax = readingColumns([maxRows('temperature', /^Temperature$/i), maxRows('humidity', /^Humidity$/i)]);

/** AVTECH's Room Alert and TemPageR. */
export const profile: Profile = {
  match: [{ objectId: '1.3.6.1.4.1.20916' }],
  identity: {
    vendor: [{ text: 'AVTECH' }],
    os: [{ text: 'avtech' }],
    model: [{ from: 'sysDescr', pattern: /^"?(.+?)(?: v[\d.]+)?"?$/ }],
    version: [{ from: 'sysDescr', pattern: / v([\d.]+)/ }],
    serial: [],
  },
  readings: [roomAlert12E, roomAlert12S, older, roomAlertMax],
};
