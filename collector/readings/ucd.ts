import { defineTable, type ProbeReading } from '../profile.ts';
import { numberOf, type SnmpValue, textOf } from '../snmp/value.ts';
import type { TableRow } from '../snmp/walk.ts';

/*
 * What net-snmp's own MIB (UCD-SNMP-MIB) tells of a Linux host. Most agents tell the same by HOST-RESOURCES-MIB too; a
 * profile may list both, then these readings are given only where the standard ones are missing.
 */

const UCD = '1.3.6.1.4.1.2021';
const HR_STORAGE_TYPE = '1.3.6.1.2.1.25.2.3.1.2';
const HR_RAM = '1.3.6.1.2.1.25.2.1.2';
const HR_FIXED_DISK = '1.3.6.1.2.1.25.2.1.4';

/** ssCpuIdle, where hrProcessorTable is missing: the share of all cores together over the last minute. */
export const ucdProcessor = defineTable({
  columns: { idle: `${UCD}.11.11`, standard: '1.3.6.1.2.1.25.3.3.1.2' },
  dynamic: ['idle'],
  wants: (row) => row.idle !== undefined,
  read(rows) {
    const idle = numberOf(rows.get('0')?.idle);
    const hasStandard = [...rows.values()].some((row) => row.standard !== undefined);
    if (hasStandard || idle === null || idle < 0 || idle > 100) return [];
    return [{ group: 'usage', class: 'processor', index: 'ucd.0', value: 100 - idle, unit: '%', label: 'Processor' }];
  },
});

type MemoryColumn = 'total' | 'free' | 'buffers' | 'cached' | 'shared' | 'swapTotal' | 'swapFree' | 'standard';

/** Memory and swap of the memory group, where hrStorageTable has no memory. Buffers and cache do not count as used. */
export const ucdMemory = defineTable<MemoryColumn>({
  columns: {
    total: `${UCD}.4.5`,
    free: `${UCD}.4.6`,
    shared: `${UCD}.4.13`,
    buffers: `${UCD}.4.14`,
    cached: `${UCD}.4.15`,
    swapTotal: `${UCD}.4.3`,
    swapFree: `${UCD}.4.4`,
    standard: HR_STORAGE_TYPE,
  },
  dynamic: ['total', 'free', 'shared', 'buffers', 'cached', 'swapTotal', 'swapFree'],
  wants: (row) => row.total !== undefined,
  read(rows) {
    const row = rows.get('0');
    if (row === undefined || hasType(rows.values(), HR_RAM)) return [];
    const total = kilobytes(row.total) ?? 0;
    const free = kilobytes(row.free);
    const buffers = kilobytes(row.buffers);
    const cached = kilobytes(row.cached);
    const swapTotal = kilobytes(row.swapTotal) ?? 0;
    const swapFree = kilobytes(row.swapFree);
    return [
      ...share(
        'memory',
        'Physical memory',
        free === null ? null : total - free - (buffers ?? 0) - (cached ?? 0),
        total,
      ),
      ...share('buffers', 'Memory buffers', buffers, total),
      ...share('cached', 'Cached memory', cached, total),
      ...share('shared', 'Shared memory', kilobytes(row.shared), total),
      ...share('swap', 'Swap space', swapFree === null ? null : swapTotal - swapFree, swapTotal),
    ];
  },
});

function share(index: string, label: string, used: number | null, total: number): readonly ProbeReading[] {
  if (used === null || total <= 0) return [];
  const value = Math.min(100, Math.max(0, Math.round((10_000 * used) / total) / 100));
  return [{ group: 'usage', class: 'memory', index: `ucd.${index}`, value, unit: '%', label }];
}

/** Sizes of 2^31 kB and more come out negative. */
function kilobytes(value: SnmpValue | undefined): number | null {
  const number = numberOf(value);
  return number !== null && number < 0 ? number + 2 ** 32 : number;
}

/** Disks that the agent was told to watch (dskTable), where hrStorageTable has none. */
export const ucdDisks = defineTable({
  columns: { path: `${UCD}.9.1.2`, percent: `${UCD}.9.1.9`, standard: HR_STORAGE_TYPE },
  dynamic: ['percent'],
  wants: (row) => row.percent !== undefined,
  read(rows) {
    if (hasType(rows.values(), HR_FIXED_DISK)) return [];
    return [...rows].flatMap(([index, row]): readonly ProbeReading[] => {
      const value = numberOf(row.percent);
      const label = textOf(row.path) || 'Disk';
      if (value === null || value < 0 || value > 100) return [];
      return [{ group: 'usage', class: 'storage', index: `ucd.${index}`, value, unit: '%', label }];
    });
  },
});

const hasType = (rows: Iterable<TableRow<'standard'>>, type: string): boolean =>
  [...rows].some((row) => textOf(row.standard) === type);

/** All of the above. */
export const ucdReadings = [ucdProcessor, ucdMemory, ucdDisks];
