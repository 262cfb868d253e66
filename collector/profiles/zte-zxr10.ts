import type { Profile } from '../profile.ts';
import { entitySensors } from '../readings/entity-sensors.ts';
import { opticsColumns } from '../readings/optics.ts';
import { readingColumns } from '../readings/reading-columns.ts';
import { usage } from '../readings/usage.ts';

/** zxr10SystemUnitTable (ZXR10-MIB): processor and memory of each unit. */
const UNIT = '1.3.6.1.4.1.3902.3.3.1.1';
/** zxr10OpticalTable, by ifIndex: texts with their figures. */
const OPTICAL = '1.3.6.1.4.1.3902.3.103.11.1.1';

/** Switches and routers of ZTE's ZXR10 line. */
export const profile: Profile = {
  match: [
    { objectId: '1.3.6.1.4.1.3902.3' },
    { objectId: '1.3.6.1.4.1.3902.15' },
    { objectId: '1.3.6.1.4.1.3902', descr: /ZXR10|ZTE Ethernet Switch/ },
  ],
  identity: {
    vendor: [{ text: 'ZTE' }],
    os: [{ text: 'zxr10' }],
    model: [{ from: 'sysDescr', pattern: /(?:ZXR10|ZTE) (\d[\w-]+)/ }],
    version: [{ from: 'sysDescr', pattern: /Version:? (V[\w.]+)/ }],
    serial: [],
  },
  readings: [
    entitySensors,
    readingColumns([
      // Over 5 minutes; older software has the last 2 only.
      usage('processor', `${UNIT}.12`, 'Unit $index', { absent: [-1] }),
      usage('processor', `${UNIT}.5`, 'Unit $index', { absent: [-1], unless: { columns: [`${UNIT}.12`], in: 'row' } }),
      usage('memory', `${UNIT}.4`, 'Unit $index', { absent: [-1] }),
    ]),
    readingColumns(
      opticsColumns({
        label: { ifIndexAt: 0 },
        absent: [0, 2 ** 31 - 1],
        rx: { value: `${OPTICAL}.18`, inText: true },
        tx: { value: `${OPTICAL}.20`, inText: true },
        bias: { value: `${OPTICAL}.22`, inText: true, scale: 0.001 },
        temperature: { value: `${OPTICAL}.24`, inText: true },
      }),
    ),
  ],
};
