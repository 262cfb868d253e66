import type { ReadingTable } from '../profile.ts';
import type { Oid } from '../snmp/value.ts';
import { opticsColumns } from './optics.ts';
import { readingColumns } from './reading-columns.ts';
import { sensor } from './sensor.ts';
import { usage } from './usage.ts';

/** esMgmt, which newer switches and firewalls of Zyxel share. */
export const ZYXEL_MGMT: Oid = '1.3.6.1.4.1.890.1.15.3';

const MONITOR: Oid = `${ZYXEL_MGMT}.26.1`;
/** zyTransceiverDdmiTable: rows are ports, then what was measured, all in hundredths. */
const DDMI: Oid = `${ZYXEL_MGMT}.84.1.2.1`;

const measured = (type: number, scale: number) =>
  ({
    value: `${DDMI}.6`,
    rows: new RegExp(`^(\\d+)\\.${type}$`),
    scale,
    // Modules in which nothing is plugged, or that tell nothing.
    absent: [0],
    limits: { high: `${DDMI}.2`, low: `${DDMI}.3`, highWarning: `${DDMI}.4`, lowWarning: `${DDMI}.5` },
  }) as const;

/** ZYXEL-HW-MONITOR-MIB, ZYXEL-TRANSCEIVER-MIB and the processor and memory of ZYXEL-SYSTEM-MIB. */
export const zyxelSwitch: readonly ReadingTable[] = [
  readingColumns([
    // Over 5 minutes.
    usage('processor', `${ZYXEL_MGMT}.2.7`, 'Processor'),
    usage('memory', `${ZYXEL_MGMT}.2.5`, 'Memory'),
  ]),
  readingColumns([
    sensor('fanspeed', `${MONITOR}.1.1.3`, '', { label: `${MONITOR}.1.1.2`, limits: { low: `${MONITOR}.1.1.6` } }),
  ]),
  readingColumns([
    sensor('temperature', `${MONITOR}.2.1.3`, '', {
      label: `${MONITOR}.2.1.2`,
      id: 'board',
      limits: { high: `${MONITOR}.2.1.6` },
    }),
  ]),
  readingColumns([
    sensor('voltage', `${MONITOR}.3.1.3`, '', {
      label: `${MONITOR}.3.1.2`,
      id: 'board',
      scale: 0.001,
      limits: { low: `${MONITOR}.3.1.7` },
    }),
  ]),
  readingColumns(
    opticsColumns({
      label: { ifIndexAt: 0 },
      temperature: measured(1, 0.01),
      voltage: measured(2, 0.01),
      bias: measured(3, 1e-5),
      tx: measured(4, 0.01),
      rx: measured(5, 0.01),
    }),
  ),
];
