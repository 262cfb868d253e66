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
const OTHER_TYPE = `${HR_STORAGE_TYPES}.1`;
/** RAM and virtual memory; fixed disk, RAM disk, flash memory, network disk. */
const CLASSES: ReadonlyMap<string, 'memory' | 'storage'> = new Map([
  ...[2, 3].map((type) => [`${HR_STORAGE_TYPES}.${type}`, 'memory'] as const),
  ...[4, 8, 9, 10].map((type) => [`${HR_STORAGE_TYPES}.${type}`, 'storage'] as const),
]);
const MEMORY_NAME = /\b(memory|swap)\b/i;
const PHYSICAL = ['physical memory'];
/** Of the physical memory's use, what the kernel gives back when asked. */
const RECLAIMABLE = ['memory buffers', 'cached memory'];

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
    let physical: TableRow<StorageColumn> | undefined;
    let reclaimable = 0;
    for (const row of rows.values()) {
      if (physical === undefined && isCalled(row, PHYSICAL)) physical = row;
      if (isCalled(row, RECLAIMABLE)) reclaimable += bytes(row, 'used');
    }
    const readings: ProbeReading[] = [];
    for (const [index, row] of rows) {
      const kind = classOf(row);
      const isPart = kind === 'memory' && textOf(row.type) === OTHER_TYPE;
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
  if (type === OTHER_TYPE) return MEMORY_NAME.test(textOf(row.descr)) ? 'memory' : null;
  return CLASSES.get(type) ?? null;
}

/** Read at every poll of thousands of devices: most names differ in their length already. */
function isCalled({ descr }: TableRow<StorageColumn>, names: readonly string[]): boolean {
  const text = textOf(descr);
  return names.some((name) => name.length === text.length && name === text.toLowerCase());
}

/** Sizes of 2^31 units and more come out negative. */
function bytes(row: TableRow<StorageColumn>, column: 'size' | 'used'): number {
  const units = numberOf(row[column]) ?? 0;
  return (units < 0 ? units + 2 ** 32 : units) * (numberOf(row.unit) ?? 1);
}
