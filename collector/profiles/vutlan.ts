import type { Profile } from '../profile.ts';
import { hrProcessors, hrStorage } from '../readings/host-resources.ts';
import { type ReadingColumn, readingColumns } from '../readings/reading-columns.ts';
import { sensor } from '../readings/sensor.ts';

/** Elements of any kind, told in words. */
const ELEMENT = '1.3.6.1.4.1.39052.1.3.1';

const element = (name: string, kind: RegExp): ReadingColumn =>
  sensor(name, `${ELEMENT}.9`, '', {
    label: `${ELEMENT}.7`,
    where: { column: `${ELEMENT}.6`, is: kind },
    inText: /^-?\d+(?:\.\d+)?$/,
  });

/** Vutlan's monitoring units. */
export const profile: Profile = {
  match: [{ objectId: '1.3.6.1.4.1.39052' }],
  identity: {
    vendor: [{ text: 'Vutlan' }],
    os: [{ text: 'vutlan' }],
    model: [],
    version: [],
    serial: [],
  },
  readings: [
    hrProcessors,
    hrStorage,
    readingColumns([
      element('temperature', /^temperature$/i),
      element('humidity', /^humidity$/i),
      element('voltage', /^(voltage|vdc|vac)$/i),
      element('current', /^current$/i),
      element('state', /^(door|smoke|leak|dry|motion|vibro)$/i),
    ]),
  ],
};
