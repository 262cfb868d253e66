import { defineTable, type ProbeReading } from '../profile.ts';
import { numberOf, textOf } from '../snmp/value.ts';
import type { TableRow } from '../snmp/walk.ts';

/** hrProcessorTable and the names of its processors (HOST-RESOURCES-MIB, RFC 2790). */
export const hrProcessors = defineTable({
  columns: { load: '1.3.6.1.2.1.25.3.3.1.2', descr: '1.3.6.1.2.1.25.3.2.1.3' },
  dynamic: ['load'],
  wants: (row) => row.load !== undefined,
  read(rows) {
    const readings: ProbeReading[] = [];
    for (const [index, row] of rows) {
      const value = numberOf(row.load);
      if (value === null || value < 0 || value > 100) continue;
      readings.push({
        group: 'usage',
        class: 'processor',
        index,
        value,
        unit: '%',
        label: textOf(row.descr) || 'Processor',
      });
    }
    return readings;
  },
});

type StorageColumn = 'type' | 'descr' | 'unit' | 'size' | 'used';
const HR_STORAGE_TYPES = '1.3.6.1.2.1.25.2.1';
const MEMORY_TYPES = [`${HR_STORAGE_TYPES}.2`, `${HR_STORAGE_TYPES}.3`];
/** Fixed disk, RAM disk, flash memory, network disk. */
const DISK_TYPES = [4, 8, 9, 10].map((type) => `${HR_STORAGE_TYPES}.${type}`);
const MEMORY_NAME = /\b(memory|swap)\b/i;
/** Of the physical memory's use, what the kernel gives back when asked. */
const RECLAIMABLE = /^(memory buffers|cached memory)$/i;

/** Memory and disks of hrStorageTable (RFC 2790). */
export const hrStorage = defineTable<StorageColumn>({
  columns: {
    type: '1.3.6.1.2.1.25.2.3.1.2',
    descr: '1.3.6.1.2.1.25.2.3.1.3',
    unit: '1.3.6.1.2.1.25.2.3.1.4',
    size: '1.3.6.1.2.1.25.2.3.1.5',
    used: '1.3.6.1.2.1.25.2.3.1.6',
  },
  dynamic: ['used'],
  wants: (row) => classOf(row) !== null && bytes(row, 'size') > 0,
  read(rows) {
    const physical = [...rows.values()].find((row) => /^physical memory$/i.test(textOf(row.descr)));
    const reclaimable = [...rows.values()]
      .filter((row) => RECLAIMABLE.test(textOf(row.descr)))
      .reduce((sum, row) => sum + bytes(row, 'used'), 0);
    const readings: ProbeReading[] = [];
    for (const [index, row] of rows) {
      const kind = classOf(row);
      const isPart = kind === 'memory' && textOf(row.type) === `${HR_STORAGE_TYPES}.1`;
      // Buffers, cached and shared memory are parts of the physical one, whatever size they claim.
      const size = bytes(isPart && physical !== undefined ? physical : row, 'size');
      if (kind === null || size <= 0 || row.used === undefined) continue;
      const used = Math.max(0, bytes(row, 'used') - (row === physical ? reclaimable : 0));
      const value = Math.min(100, Math.round((10_000 * used) / size) / 100);
      readings.push({ group: 'usage', class: kind, index, value, unit: '%', label: textOf(row.descr) });
    }
    return readings;
  },
});

function classOf(row: TableRow<StorageColumn>): 'memory' | 'storage' | null {
  const type = textOf(row.type);
  if (MEMORY_TYPES.includes(type)) return 'memory';
  if (DISK_TYPES.includes(type)) return 'storage';
  return type === `${HR_STORAGE_TYPES}.1` && MEMORY_NAME.test(textOf(row.descr)) ? 'memory' : null;
}

/** Sizes of 2^31 units and more come out negative. */
function bytes(row: TableRow<StorageColumn>, column: 'size' | 'used'): number {
  const units = numberOf(row[column]) ?? 0;
  return (units < 0 ? units + 2 ** 32 : units) * (numberOf(row.unit) ?? 1);
}
