import { DAY, HOUR, MINUTE } from '../../../domain/clock.ts';
import { alignDown, type RolledResolution, WIDTH_MS } from '../resolution.ts';
import type { RollUp } from '../series-store.ts';
import { readSeries } from './buckets.ts';
import { identifier, literal, placeOf } from './names.ts';
import { keyText } from './read.ts';
import type { RollUpParts } from './roll-up.ts';
import { BY_SERIES, source } from './schema.ts';

/** With more devices than this it is quicker to roll up all devices again. */
const MAX_SINGLE = 50;
/** Minutes nearer to each other than this are mended in one go. */
const NEAR_MS = { one: HOUR, all: MINUTE } as const;
/** Span that is mended in one go at most: samples of all devices are many. */
const SPAN_MS = { one: DAY, all: 5 * MINUTE } as const;

type Span = { readonly from: number; readonly to: number };

/** Spans of buckets that hold all the given ones. */
function spansOf(starts: Iterable<number>, widthMs: number, nearMs: number, maxMs: number): readonly Span[] {
  const spans: Span[] = [];
  for (const from of [...starts].sort((a, b) => a - b)) {
    const last = spans.at(-1);
    const to = from + widthMs;
    if (last !== undefined && from < last.to + nearMs && to - last.from <= maxMs) {
      spans[spans.length - 1] = { from: last.from, to };
    } else spans.push({ from, to });
  }
  return spans;
}

/** Rolls up again what samples touched that came after their minute had been rolled up. */
export class Mending {
  readonly #parts: RollUpParts;

  constructor(parts: RollUpParts) {
    this.#parts = parts;
  }

  /**
   * @param rollMinutes rolls up the minutes that are new; done between looking what is touched and mending it, so that
   *   hours are mended from whole minutes
   * @returns whether there was anything to mend
   */
  async run(rollMinutes: () => Promise<void>): Promise<boolean> {
    const { ledger, touched } = this.#parts;
    const { marks, minutes } = await touched.read();
    const rolledTo = ledger.rolledTo['1m'];
    await rollMinutes();
    // Minutes that were not rolled up before are now, late samples and all; coarser buckets may have been laid down.
    const until = Math.max(rolledTo, ledger.rolledTo['1h'], ledger.rolledTo['1d']);
    const late = new Map<string, ReadonlySet<number>>();
    for (const [deviceId, starts] of minutes) {
      const its = new Set([...starts].filter((at) => at < until));
      if (its.size > 0) late.set(deviceId, its);
    }
    if (late.size > MAX_SINGLE) {
      await this.#mend(new Set([...late.values()].flatMap((starts) => [...starts])), undefined);
    } else {
      for (const [deviceId, starts] of late) await this.#mend(starts, deviceId);
    }
    await touched.forget(marks);
    return late.size > 0;
  }

  /** @param deviceId absent: all devices */
  async #mend(starts: ReadonlySet<number>, deviceId: string | undefined): Promise<void> {
    const { ledger, buckets } = this.#parts;
    const scope = deviceId === undefined ? 'all' : 'one';
    const all = new Set(starts);
    for (const span of spansOf(starts, MINUTE, NEAR_MS[scope], SPAN_MS[scope])) {
      for (const next of await this.#mendMinutes(span, deviceId)) {
        // Its own samples are as they were: what follows them needs no mending.
        if (!all.has(next)) await this.#mendMinutes({ from: next, to: next + MINUTE }, deviceId);
        all.add(next);
      }
    }
    for (const resolution of ['1h', '1d'] as const) {
      const width = WIDTH_MS[resolution];
      const touched = new Set([...all].map((at) => alignDown(at, width)));
      const rolled = [...touched].filter((at) => at < ledger.rolledTo[resolution]);
      for (const { from, to } of spansOf(rolled, width, 0, scope === 'one' ? 32 * width : width)) {
        await this.#replace(resolution, await buckets.regroup(resolution, from, to, deviceId), deviceId);
      }
    }
  }

  /** @returns the later minutes, rolled up already, whose first sample of a series has another neighbour now */
  async #mendMinutes({ from, to }: Span, deviceId: string | undefined): Promise<ReadonlySet<number>> {
    const { client, ledger, buckets } = this.#parts;
    const rolledTo = ledger.rolledTo['1m'];
    const following = new Set<number>();
    if (from >= rolledTo) return following;
    const answer = await buckets.samples(from, to, deviceId);
    const minutes = await buckets.toMinutes(answer, from, new Map());
    await this.#replace(
      '1m',
      minutes.filter(({ at }) => at < rolledTo),
      deviceId,
    );
    const counters = new Set(readSeries(answer).flatMap(({ key, kind }) => (kind === 'counter' ? [key.metric] : [])));
    const device = deviceId === undefined ? '' : ` AND "deviceId" = ${literal(deviceId)}`;
    const afterwards = await client.query(
      [...counters].map((metric) => {
        const { measurement, field } = placeOf(metric);
        return (
          `SELECT first(${identifier(field)}) AS "v" FROM ${source('raw', measurement)} ` +
          `WHERE time >= ${to}ms AND time < ${rolledTo}ms${device} GROUP BY ${BY_SERIES}`
        );
      }),
    );
    for (const series of afterwards.flat()) {
      const at = series.values[0]?.[0];
      if (typeof at === 'number') following.add(alignDown(at, MINUTE));
    }
    return following;
  }

  /**
   * Puts buckets in the place of those that stand, but for those with fewer samples: there the finer resolution no
   * longer holds everything (expired, or history that was laid down rolled up).
   */
  async #replace(resolution: RolledResolution, mended: readonly RollUp[], deviceId: string | undefined): Promise<void> {
    let [from, to] = [Infinity, -Infinity];
    for (const { at } of mended) {
      from = Math.min(from, at);
      to = Math.max(to, at + 1);
    }
    if (from >= to) return;
    const { buckets } = this.#parts;
    const places = [...new Set(mended.map(({ metric }) => metric))].map(placeOf);
    const standing = new Map<string, number>();
    for (const each of await buckets.read(resolution, places, from, to, WIDTH_MS[resolution], deviceId)) {
      standing.set(`${keyText(each)}\0${each.at}`, each.count);
    }
    await buckets.write(
      resolution,
      mended.filter((each) => each.count >= (standing.get(`${keyText(each)}\0${each.at}`) ?? 0)),
    );
  }
}
