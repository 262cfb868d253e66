import { randomUUID } from 'node:crypto';
import { MINUTE } from '../../../domain/clock.ts';
import type { Log } from '../../../log/log.ts';
import { alignDown } from '../resolution.ts';
import { type InfluxClient, RefusedStatement } from './client.ts';
import { decodeName, encodeName, literal } from './names.ts';
import { policyOf, source } from './schema.ts';

const MEASUREMENT = 'simpul_touched';
const MARKS_PER_STATEMENT = 50;

/** Which minutes of which devices got samples after they were rolled up, kept in the database. */
export class Touched {
  readonly #client: InfluxClient;
  readonly #log: Log;
  readonly #done = new Set<string>();
  #before = -Infinity;

  constructor(client: InfluxClient, log: Log) {
    this.#client = client;
    this.#log = log;
  }

  /** Samples of before this moment may come too late for a roll-up under way. */
  before(at: number): void {
    this.#before = Math.max(this.#before, at);
  }

  /**
   * Whether a sample that has just been stored may have missed its roll-up, here or in another process: that never
   * goes further than the last full minute.
   */
  isLate(at: number, now: number): boolean {
    return at < Math.max(this.#before, alignDown(now, MINUTE));
  }

  async mark(samples: readonly { readonly deviceId: string; readonly at: number }[]): Promise<void> {
    if (samples.length === 0) return;
    // A mark of its own for each call, so that one that comes while another is worked off is not lost with it.
    const mark = randomUUID();
    const points = new Map(
      samples.map(({ deviceId, at }) => {
        const minute = alignDown(at, MINUTE);
        const tags = { deviceId: encodeName(deviceId), mark };
        return [`${deviceId}\0${minute}`, { measurement: MEASUREMENT, tags, fields: { n: 1 }, at: minute }];
      }),
    );
    await this.#client.write([...points.values()], policyOf('ledger'));
  }

  async read(): Promise<{
    readonly marks: readonly string[];
    readonly minutes: ReadonlyMap<string, ReadonlySet<number>>;
  }> {
    const marks = new Set<string>();
    const minutes = new Map<string, Set<number>>();
    for (const { tags, values } of await this.#client.queryOne(
      `SELECT "n" FROM ${source('ledger', MEASUREMENT)} GROUP BY "deviceId", "mark"`,
    )) {
      const mark = tags['mark'] ?? '';
      if (this.#done.has(mark)) continue;
      marks.add(mark);
      const deviceId = decodeName(tags['deviceId'] ?? '');
      const starts = minutes.get(deviceId) ?? new Set();
      for (const [at] of values) if (typeof at === 'number') starts.add(at);
      minutes.set(deviceId, starts);
    }
    return { marks: [...marks], minutes };
  }

  async forget(marks: readonly string[]): Promise<void> {
    for (let i = 0; i < marks.length; i += MARKS_PER_STATEMENT) {
      const some = marks.slice(i, i + MARKS_PER_STATEMENT);
      try {
        const which = some.map((mark) => `"mark" = ${literal(mark)}`).join(' OR ');
        await this.#client.queryOne(`DROP SERIES FROM "${MEASUREMENT}" WHERE ${which}`);
      } catch (error) {
        if (!(error instanceof RefusedStatement)) throw error;
        // An engine that cannot delete: then this process remembers what it has done.
        for (const mark of some) this.#done.add(mark);
        this.#log.debug({ reason: String(error) }, 'marks of late samples stay');
      }
    }
  }
}
