import type { Cells } from '../cells.ts';
import { type ReadingGroup, reading } from '../group.ts';
import { table } from '../menu.ts';
import type { SystemProp } from '../system.ts';

const PROCESSORS = table('/system/resource/cpu', ['cpu', 'load']);

/** hrStorageIndex that RouterOS's SNMP agent gives its memory and its disk: both protocols write one series. */
const MEMORY = '65536';
const DISK = '131072';

/** Processors, memory and disk. */
export const group: ReadingGroup = {
  pace: 'poll',
  async read(ask, { resource }) {
    const isMany = (resource.number('cpu-count') ?? 1) > 1;
    const processors = isMany ? ((await ask.rows(PROCESSORS)) ?? []) : [];
    return [
      ...(processors.length > 0
        ? processors.flatMap((row) =>
            reading('usage', 'processor', indexOfCpu(row.text('cpu')), row.number('load'), row.text('cpu')),
          )
        : reading('usage', 'processor', '1', resource.number('cpu-load'), 'cpu')),
      ...reading('usage', 'memory', MEMORY, usedPercent(resource, 'free-memory', 'total-memory'), 'main memory'),
      ...reading('usage', 'storage', DISK, usedPercent(resource, 'free-hdd-space', 'total-hdd-space'), 'system disk'),
      ...reading('sensor', 'percent', 'bad-blocks', resource.number('bad-blocks'), 'Bad blocks of the flash memory'),
    ];
  },
};

/** `cpu0` is the first row of hrProcessorTable. */
function indexOfCpu(name: string): string {
  const number = /^cpu(\d+)$/.exec(name)?.[1];
  return number === undefined ? name : String(Number(number) + 1);
}

function usedPercent(
  resource: Cells<SystemProp>,
  free: 'free-memory' | 'free-hdd-space',
  total: 'total-memory' | 'total-hdd-space',
): number | null {
  const [left, all] = [resource.number(free), resource.number(total)];
  if (left === null || all === null || all <= 0) return null;
  return Math.min(100, Math.max(0, Math.round((10_000 * (all - left)) / all) / 100));
}
