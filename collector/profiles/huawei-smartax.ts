import type { Profile } from '../profile.ts';
import { MAX_TERMINALS, opticsColumns } from '../readings/optics.ts';
import { readingColumns } from '../readings/reading-columns.ts';
import { sensor } from '../readings/sensor.ts';
import { usage } from '../readings/usage.ts';

/** HWMUSA-DEV-MIB, hwMusaBoardTable: a row a board, by frame and slot. */
const BOARD = '1.3.6.1.4.1.2011.2.6.7.1.1.2.1';
/** HUAWEI-XPON-MIB */
const XPON = '1.3.6.1.4.1.2011.6.128.1.1.2';
const NONE = [-1, 2 ** 31 - 1];
/** Power of a terminal at the OLT comes in hundredths of a dBm, and more by this. */
const OLT_OFFSET = 10_000;

const board = { label: `${BOARD}.7`, absent: NONE } as const;

/** Access nodes of Huawei: optical line terminals (MA5600, MA5800) and the units behind them. */
export const profile: Profile = {
  match: [
    { objectId: '1.3.6.1.4.1.2011.2', descr: /Integrated Access Software|SmartAX|\bMA5[68]\d\d/ },
    { objectId: '1.3.6.1.4.1.2011.2.248' },
    { objectId: '1.3.6.1.4.1.2011.2.115' },
    { objectId: '1.3.6.1.4.1.2011.2.123' },
    { objectId: '1.3.6.1.4.1.2011.2.133' },
    { objectId: '1.3.6.1.4.1.2011.2.185' },
    { objectId: '1.3.6.1.4.1.2011.2.262' },
  ],
  identity: {
    vendor: [{ text: 'Huawei' }],
    os: [
      // Units for buildings: MA5616, MA5620, MA5626 and the like.
      {
        from: 'sysObjectID',
        pattern: /^1\.3\.6\.1\.4\.1\.2011\.2\.(?:143|17[0-9]|18[0-9]|19[0-9])\b/,
        text: 'smartax-mdu',
      },
      { text: 'smartax' },
    ],
    model: [
      { oid: '1.3.6.1.4.1.2011.5.25.31.6.5.0' },
      { from: 'sysDescr', pattern: /\b(MA5[68]\d\d\w*)/ },
      { oid: '1.3.6.1.4.1.2011.6.3.1.1.0' },
    ],
    // hwSysVersion
    version: [{ oid: '1.3.6.1.4.1.2011.6.3.1.3.0' }],
    serial: [{ oid: '1.3.6.1.4.1.2011.5.25.188.1.1.0' }],
  },
  readings: [
    readingColumns([
      usage('processor', `${BOARD}.5`, '', board),
      usage('memory', `${BOARD}.6`, '', board),
      sensor('temperature', `${BOARD}.10`, '', { ...board, id: 'board' }),
      // hwSlotTemperature, of nodes that tell it there alone.
      sensor('temperature', '1.3.6.1.4.1.2011.6.3.3.2.1.13', 'Slot $index', {
        id: 'slot',
        absent: NONE,
        unless: { columns: [`${BOARD}.10`], in: 'row' },
      }),
      sensor('state', `${BOARD}.8`, '', { ...board, id: 'board' }),
    ]),
    readingColumns([
      // hwGponOltOpticsDdmInfoTable
      ...opticsColumns({
        label: { ifIndexAt: 0 },
        id: 'pon',
        absent: NONE,
        temperature: { value: `${XPON}.23.1.1` },
        voltage: { value: `${XPON}.23.1.2`, scale: 0.01 },
        bias: { value: `${XPON}.23.1.3`, scale: 0.001 },
        tx: { value: `${XPON}.23.1.4`, scale: 0.01 },
        rx: { value: `${XPON}.23.1.5`, scale: 0.01 },
      }),
      // hwGponDeviceOltControlOntNum
      sensor('count', `${XPON}.21.1.16`, '', { label: { ifIndexAt: 0 }, says: 'ONTs', id: 'onts', absent: NONE }),
      // hwEponOltOpticsDdmInfoTable
      ...opticsColumns({
        label: { ifIndexAt: 0 },
        id: 'epon',
        absent: NONE,
        temperature: { value: `${XPON}.33.1.1` },
        tx: { value: `${XPON}.33.1.4`, scale: 0.01 },
      }),
    ]),
    // hwGponDeviceOntOpticalDdmInfoTable: ifIndex of the PON, then the ONT.
    readingColumns(
      opticsColumns({
        label: { ifIndexAt: 0 },
        id: 'ont',
        absent: NONE,
        rx: { value: `${XPON}.51.1.4`, scale: 0.01 },
        rxAtOlt: { value: `${XPON}.51.1.6`, convert: (raw) => (raw === 0 ? null : (raw - OLT_OFFSET) / 100) },
      }),
      { maxRows: MAX_TERMINALS },
    ),
    // hwEponDeviceOntOpticalDdmInfoTable
    readingColumns(
      opticsColumns({
        label: { ifIndexAt: 0 },
        id: 'epon-ont',
        absent: NONE,
        rx: { value: `${XPON}.104.1.5`, scale: 0.01 },
      }),
      { maxRows: MAX_TERMINALS },
    ),
  ],
};
