import type { Profile } from '../profile.ts';
import { health, MIKROTIK, OPTICAL_VOLTAGE, opticalModules, poe } from '../readings/mikrotik.ts';
import { type ReadingColumn, readingColumns } from '../readings/reading-columns.ts';

/**
 * Gauges by their number: SwOS tells neither name nor unit, and makes a scalar of each. Numbers are those of RouterOS;
 * voltages and currents of power supplies are finer than there.
 */
const gauge = (number: number, name: string, text: string, scale = 1): ReadingColumn => ({
  group: 'sensor',
  class: name,
  id: `gauge.${number}`,
  value: `${MIKROTIK}.3.100.1.3.${number}`,
  label: { text },
  scale,
});

const gauges = readingColumns([
  gauge(13, 'voltage', 'Supply voltage', 0.01),
  gauge(14, 'temperature', 'Temperature'),
  gauge(16, 'power', 'Power', 0.1),
  gauge(17, 'temperature', 'Processor'),
  gauge(50, 'temperature', 'SFP cages'),
  gauge(51, 'temperature', 'Switch chip'),
  gauge(52, 'temperature', 'Processor'),
  ...[1, 2, 3, 4].map((fan) => gauge(7000 + fan, 'fanspeed', `Fan ${fan}`)),
  ...[1, 2].flatMap((supply) => [
    gauge(7100 + supply, 'temperature', `Power supply ${supply}`),
    gauge(7200 + supply, 'voltage', `Power supply ${supply}`, 0.01),
    gauge(7300 + supply, 'current', `Power supply ${supply}`, 0.001),
    gauge(7400 + supply, 'state', `Power supply ${supply}`),
  ]),
]);

/** Switches of MikroTik with SwOS and SwOS Lite. */
export const profile: Profile = {
  match: [{ objectId: '1.3.6.1.4.1.14988.2' }],
  identity: {
    vendor: [{ text: 'MikroTik' }],
    os: [{ text: 'swos' }],
    model: [{ from: 'sysDescr', pattern: /^(.+?) SwOS\b/ }],
    version: [{ oid: `${MIKROTIK}.7.4.0` }, { from: 'sysDescr', pattern: /SwOS.* v(\S+)/ }],
    serial: [{ oid: `${MIKROTIK}.7.3.0` }],
  },
  // Empty cages answer with zeros.
  readings: [health, gauges, poe, opticalModules({ column: OPTICAL_VOLTAGE, is: /^[1-9]/ })],
};
