import { writeSync } from 'node:fs';
import { MINUTE, SECOND } from '../../../../core/domain/clock.ts';
import type { Sample } from '../../../../core/domain/sample.ts';
import { silentLog } from '../../../../core/log/log.ts';
import { openDuckDbSeriesStore } from '../../../../core/stores/series/duckdb.ts';
import { DEFAULT_RETENTION } from '../../../../core/stores/series/series-store.ts';

/** Appends batch after batch, rolls up beside it, and prints the number of each batch once it is stored. */
const [path = '', startAt = '', firstBatch = ''] = process.argv.slice(2);
const store = await openDuckDbSeriesStore({
  path,
  retention: DEFAULT_RETENTION,
  clock: Date.now,
  log: silentLog,
  lingerMs: 0,
});

/** Every third batch has one sample that comes two batches late. */
function batchOf(number: number): Sample[] {
  const at = Number(startAt) + number * MINUTE;
  const series = Array.from(
    { length: 40 },
    (_, index): Sample => ({
      deviceId: `device-${index}`,
      metric: 'interface.ifHCInOctets',
      instance: '1',
      kind: 'counter',
      at: number % 3 === 0 && index === 0 ? at - 150 * SECOND : at,
      value: number * 1000 + index,
    }),
  );
  return series;
}

let number = Number(firstBatch);
async function appendForEver(): Promise<void> {
  for (; ; number += 1) {
    await store.append(batchOf(number));
    writeSync(1, `${number}\n`);
  }
}
async function rollUpForEver(): Promise<void> {
  for (;;) await store.rollUp(Number(startAt) + number * MINUTE);
}
await Promise.all([appendForEver(), rollUpForEver()]);
