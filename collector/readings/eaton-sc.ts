import type { Profile, ReadingTable } from '../profile.ts';
import type { Oid } from '../snmp/value.ts';
import { readingColumns } from './reading-columns.ts';
import { sensor } from './sensor.ts';

/** "Not available" of 8, 16 and 31 bits. */
const MISSING = { absent: [255, 65_535, 2_147_483_647] } as const;

/**
 * Eaton's controllers of DC power systems (RPS-SC200-MIB, and SC300 with the same tree).
 * @param base rps-Objects
 */
function eatonDcSystem(base: Oid): readonly ReadingTable[] {
  const rectifier = `${base}.60.30.1`;
  const inputs = `${base}.90.40.1`;
  // The table has rows for all rectifiers that could be there; serial numbers tell which are.
  const where = { where: { column: `${rectifier}.30`, is: /^[1-9]/ }, ...MISSING } as const;
  return [
    readingColumns([
      sensor('voltage', `${base}.40.10`, 'Mains', { id: 'mains', ...MISSING }),
      sensor('current', `${base}.50.10`, 'Load', { id: 'load', ...MISSING }),
      sensor('load', `${base}.50.20`, 'Load', { id: 'load', ...MISSING }),
      sensor('power', `${base}.50.30`, 'Load', { id: 'load', scale: 10, absent: [65_535] }),
      sensor('temperature', `${base}.60.29`, 'Hottest rectifier', { id: 'hottest-rectifier', ...MISSING }),
      sensor('voltage', `${base}.70.10.20`, 'Bus', { id: 'bus', scale: 0.01, absent: [65_535] }),
      sensor('temperature', `${base}.100.30`, 'Battery', { id: 'battery', ...MISSING }),
      sensor('current', `${base}.100.40`, 'Battery', { id: 'battery', ...MISSING }),
    ]),
    readingColumns([
      sensor('voltage', `${rectifier}.90`, 'Rectifier $index input', { id: 'rectifier-input', ...where }),
      sensor('voltage', `${rectifier}.95`, 'Rectifier $index output', { id: 'rectifier', scale: 0.01, ...where }),
      sensor('current', `${rectifier}.100`, 'Rectifier $index', { id: 'rectifier', ...where }),
      sensor('load', `${rectifier}.105`, 'Rectifier $index', { id: 'rectifier', scale: 0.1, ...where }),
      sensor('temperature', `${rectifier}.110`, 'Rectifier $index', { id: 'rectifier', ...where }),
    ]),
    readingColumns([
      // Inputs that are wired: 2 closed, 3 open.
      sensor('state', `${inputs}.20`, 'Input $index', {
        id: 'input',
        label: `${inputs}.50`,
        where: { column: `${inputs}.30`, is: /^[23]$/ },
      }),
    ]),
  ];
}

/** system-Identity and controller identity. */
const eatonDcIdentity = (base: Oid) => ({
  model: `${base}.10.30.0`,
  serial: `${base}.10.20.0`,
  product: `${base}.20.90.0`,
  hardware: `${base}.20.80.0`,
  software: `${base}.20.30.0`,
});

/** A controller of DC power systems; their MIBs are one tree in two places. */
export function eatonDcProfile(os: string, root: Oid): Profile {
  const ident = eatonDcIdentity(`${root}.10`);
  const part = (oid: Oid, name: string) => ({ oid, pattern: /(.+)/, text: `${name}:$1` });
  return {
    match: [{ objectId: root }],
    identity: {
      vendor: [{ text: 'Eaton' }],
      os: [{ text: os }],
      model: [{ oid: ident.model }],
      version: [
        { parts: [part(ident.hardware, 'HW'), part(ident.software, 'SW')], join: ' ' },
        { from: 'sysDescr', pattern: /version (\S+)/ },
      ],
      serial: [{ parts: [part(ident.serial, 'System'), part(ident.product, 'Product')], join: ' ' }],
    },
    readings: eatonDcSystem(`${root}.10`),
  };
}
