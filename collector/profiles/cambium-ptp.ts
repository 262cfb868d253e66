import type { Profile } from '../profile.ts';
import { type ReadingColumn, readingColumns } from '../readings/reading-columns.ts';

const CAMBIUM = '1.3.6.1.4.1.17713';

/** Where each generation keeps the figures of its radio, and its data rates (CAMBIUM-PTP…-MIB). */
const GENERATIONS = [
  { id: '5', name: 'PTP 500', radio: '12', rx: 1, tx: 3, rates: '20' },
  { id: '6', name: 'PTP 600', radio: '12', rx: 1, tx: 3, rates: '20' },
  { id: '7', name: 'PTP 650', radio: '12', rx: 12, tx: 4, rates: '20' },
  { id: '8', name: 'PTP 800', radio: '12', rx: 1, tx: 3, rates: '20' },
  { id: '9', name: 'PTP 700', radio: '12', rx: 12, tx: 4, rates: '20' },
  { id: '11', name: 'PTP 670', radio: '12', rx: 12, tx: 4, rates: '20' },
  { id: '250', name: 'PTP 250', radio: '5', rx: 1, tx: 3, rates: '11' },
] as const;

/** Tenths of dBm, kbit/s. A device has those of one generation. */
const link = readingColumns(
  GENERATIONS.flatMap(({ id, radio, rx, tx, rates }): readonly ReadingColumn[] => {
    const [figures, rate] = [`${CAMBIUM}.${id}.${radio}`, `${CAMBIUM}.${id}.${rates}`];
    return [
      {
        group: 'wireless',
        class: 'power',
        id: 'tx',
        value: `${figures}.${tx}`,
        label: { text: 'Transmit power' },
        scale: 0.1,
      },
      {
        group: 'wireless',
        class: 'power',
        id: 'rx',
        value: `${figures}.${rx}`,
        label: { text: 'Receive power' },
        scale: 0.1,
      },
      { group: 'wireless', class: 'rate', id: 'rx', value: `${rate}.1`, label: { text: 'Receive rate' }, scale: 1e3 },
      { group: 'wireless', class: 'rate', id: 'tx', value: `${rate}.2`, label: { text: 'Transmit rate' }, scale: 1e3 },
      { group: 'wireless', class: 'rate', id: 'both', value: `${rate}.3`, label: { text: 'Both ways' }, scale: 1e3 },
    ];
  }),
);
const noise = readingColumns([
  {
    group: 'wireless',
    class: 'noise-floor',
    value: `${CAMBIUM}.250.5.15`,
    label: { text: 'Noise floor' },
    absent: [0],
  },
]);

const byGeneration = (name: (generation: (typeof GENERATIONS)[number]) => string) => ({
  from: 'sysObjectID' as const,
  pattern: /\.17713\.(\d+)/,
  names: Object.fromEntries(GENERATIONS.map((generation) => [generation.id, name(generation)])),
});

/** Point-to-point bridges, of Motorola before: PTP 250 to 800. */
export const profile: Profile = {
  match: GENERATIONS.map(({ id }) => ({ objectId: `${CAMBIUM}.${id}` })),
  identity: {
    vendor: [{ text: 'Cambium' }],
    os: [byGeneration(({ name }) => name.toLowerCase().replace(' ', ''))],
    model: [byGeneration(({ name }) => name)],
    version: [{ from: 'sysDescr', pattern: /Version ([\w.-]+)/ }],
    serial: [],
  },
  readings: [link, noise],
};
