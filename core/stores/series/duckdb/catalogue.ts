import { type DuckDBConnection, INTEGER, VARCHAR } from '@duckdb/node-api';
import type { Sample } from '../../../domain/sample.ts';
import { grown, larger, type SeriesHandle, type SeriesNames } from '../series-names.ts';
import type { SeriesKey } from '../series-store.ts';
import { rows } from './engine.ts';
import type { Partitions } from './partitions.ts';
import { TableWriter } from './table-writer.ts';

/** A series of the file. */
export type Known = SeriesKey & {
  readonly id: number;
  readonly handle: SeriesHandle;
  readonly kind: Sample['kind'];
};

/** Of a moment that must be looked up first, and of one that there is not. */
const UNKNOWN = Number.NaN;
const NONE = Number.NEGATIVE_INFINITY;
const NO_ID = -1;
const MAX_IN_LIST = 2_000;
/**
 * Ids of a metric's series lie in blocks of their own, so that in order of ids what groups ask for lies together: one
 * metric of all devices.
 */
const BLOCK_IDS = 2 ** 19;
const MAX_BLOCKS = 2 ** 12;

/** Every series of the file, with the newest sample that it has: its tip. Kept by handle. */
export class Catalogue {
  readonly #names: SeriesNames;
  #ids = new Int32Array(0);
  #isCounter = new Uint8Array(0);
  #tipAts = new Float64Array(0);
  #tipValues = new Float64Array(0);
  /** By block, and by number within the block. */
  readonly #handles: Int32Array[] = [];
  /** Of each metric, the block that its next series goes to. */
  readonly #blockOf = new Map<string, number>();
  /** How many ids of each block are taken. */
  readonly #taken: number[] = [];
  readonly #added: SeriesHandle[] = [];
  readonly #turned: SeriesHandle[] = [];

  private constructor(names: SeriesNames) {
    this.#names = names;
  }

  /** Newest samples are read from the last hours at once, and for silent series when one is asked for. */
  static async load(connection: DuckDBConnection, partitions: Partitions, names: SeriesNames): Promise<Catalogue> {
    const catalogue = new Catalogue(names);
    // Millions of rows are too many to hold at once.
    const stored = await connection.stream('SELECT id, device, metric, instance, kind FROM series ORDER BY id');
    for (let chunk = await stored.fetchChunk(); chunk !== null && chunk.rowCount > 0; ) {
      for (const [id, deviceId, metric, instance, kind] of chunk.getRows()) {
        const isCounter = kind === 'counter';
        const handle = names.of(String(deviceId), String(metric), String(instance), isCounter ? 'counter' : 'gauge');
        catalogue.#put(handle, Number(id), String(metric), isCounter);
        catalogue.#tipAts[handle] = UNKNOWN;
      }
      chunk = await stored.fetchChunk();
    }
    const fresh = partitions.all('raw').filter(({ isFresh }) => isFresh);
    for (const { table } of fresh.slice(-3).reverse()) await catalogue.#readTips(connection, table, '');
    return catalogue;
  }

  /** Moment of the newest sample; -Infinity where there is none, NaN where it must be looked up first. */
  tipAt(handle: SeriesHandle): number {
    return this.#tipAts[handle] ?? NONE;
  }
  tipValue(handle: SeriesHandle): number {
    return this.#tipValues[handle] ?? 0;
  }
  lacksTip(handle: SeriesHandle): boolean {
    return Number.isNaN(this.#tipAts[handle]);
  }
  setTip(handle: SeriesHandle, at: number, value: number): void {
    this.#tipAts[handle] = at;
    this.#tipValues[handle] = value;
  }
  idOf(handle: SeriesHandle): number {
    return this.#ids[handle] ?? NO_ID;
  }
  isCounter(handle: SeriesHandle): boolean {
    return this.#isCounter[handle] === 1;
  }
  /** -1 where no series has the id. */
  byId(id: number): SeriesHandle {
    return this.#handles[Math.floor(id / BLOCK_IDS)]?.[id % BLOCK_IDS] ?? NO_ID;
  }

  #nextId(metric: string): number {
    const hasRoom = (block: number): boolean => (this.#taken[block] ?? 0) < BLOCK_IDS;
    let block = this.#blockOf.get(metric);
    if (block === undefined || !hasRoom(block)) {
      block =
        this.#taken.length < MAX_BLOCKS ? this.#taken.length : this.#taken.findLastIndex((_, each) => hasRoom(each));
    }
    return block * BLOCK_IDS + (this.#taken[block] ?? 0);
  }

  /** Makes the series where the file has none, and takes note of its kind. @returns its id */
  admit(handle: SeriesHandle): number {
    const id = this.#ids[handle] ?? NO_ID;
    const isCounter = this.#names.kindOf(handle) === 'counter';
    if (id !== NO_ID) {
      if (this.isCounter(handle) !== isCounter) {
        this.#isCounter[handle] = isCounter ? 1 : 0;
        this.#turned.push(handle);
      }
      return id;
    }
    const { metric } = this.#names.keyOf(handle);
    const made = this.#nextId(metric);
    this.#put(handle, made, metric, isCounter);
    this.#added.push(handle);
    return made;
  }

  #put(handle: SeriesHandle, id: number, metric: string, isCounter: boolean): void {
    if (handle >= this.#ids.length) {
      const [old, capacity] = [this.#ids.length, larger(Math.max(handle, this.#names.size))];
      this.#ids = grown(this.#ids, new Int32Array(capacity)).fill(NO_ID, old);
      this.#isCounter = grown(this.#isCounter, new Uint8Array(capacity));
      this.#tipAts = grown(this.#tipAts, new Float64Array(capacity)).fill(NONE, old);
      this.#tipValues = grown(this.#tipValues, new Float64Array(capacity));
    }
    this.#ids[handle] = id;
    this.#isCounter[handle] = isCounter ? 1 : 0;

    const [block, number] = [Math.floor(id / BLOCK_IDS), id % BLOCK_IDS];
    while (this.#taken.length <= block) this.#taken.push(0);
    this.#taken[block] = number + 1;
    this.#blockOf.set(metric, block);
    while (this.#handles.length <= block) this.#handles.push(new Int32Array(0));
    let handles = this.#handles[block] ?? new Int32Array(0);
    if (number >= handles.length) {
      handles = grown(handles, new Int32Array(Math.min(BLOCK_IDS, larger(number)))).fill(NO_ID, handles.length);
      this.#handles[block] = handles;
    }
    handles[number] = handle;
  }

  /** Writes down the series that were made or changed since the last time. */
  async save(connection: DuckDBConnection): Promise<void> {
    for (const handle of this.#turned) {
      const kind = this.isCounter(handle) ? 'counter' : 'gauge';
      await connection.run(`UPDATE series SET kind = '${kind}' WHERE id = ${this.idOf(handle)}`);
    }
    this.#turned.length = 0;
    if (this.#added.length === 0) return;
    const writer = await TableWriter.open(connection, 'series', [INTEGER, VARCHAR, VARCHAR, VARCHAR, VARCHAR]);
    for (const handle of this.#added) {
      const { deviceId, metric, instance } = this.#names.keyOf(handle);
      writer.row(this.idOf(handle), deviceId, metric, instance, this.isCounter(handle) ? 'counter' : 'gauge');
    }
    writer.close();
    this.#added.length = 0;
  }

  /** In order of id. */
  find(deviceIds: readonly string[], wanted: (key: SeriesKey) => boolean): readonly Known[] {
    const found: Known[] = [];
    for (const deviceId of new Set(deviceIds)) {
      for (const handle of this.#names.ofDevice(deviceId)) {
        const id = this.idOf(handle);
        const key = this.#names.keyOf(handle);
        if (id !== NO_ID && wanted(key))
          found.push({ ...key, id, handle, kind: this.isCounter(handle) ? 'counter' : 'gauge' });
      }
    }
    return found.sort((a, b) => a.id - b.id);
  }

  /** Looks the newest samples up where they are not known since the start. */
  async ensureTips(
    connection: DuckDBConnection,
    partitions: Partitions,
    series: Iterable<SeriesHandle>,
  ): Promise<void> {
    const lacking = (handle: SeriesHandle): boolean => this.lacksTip(handle);
    let unknown = [...new Set(series)].filter(lacking);
    if (unknown.length === 0) return;
    for (const { table } of [...partitions.all('raw')].reverse()) {
      if (unknown.length === 0) return;
      const list = unknown.map((handle) => this.idOf(handle)).join(',');
      await this.#readTips(connection, table, unknown.length > MAX_IN_LIST ? '' : `WHERE series IN (${list})`);
      unknown = unknown.filter(lacking);
    }
    for (const handle of unknown) this.#tipAts[handle] = NONE;
  }

  async #readTips(connection: DuckDBConnection, table: string, where: string): Promise<void> {
    for (const [id, at, value] of await rows(
      connection,
      `SELECT series, max(at_ms)::DOUBLE, arg_max(value, at_ms) FROM ${table} ${where} GROUP BY series`,
    )) {
      const handle = this.byId(Number(id));
      if (handle !== NO_ID && this.lacksTip(handle)) this.setTip(handle, Number(at), Number(value));
    }
  }

  /** Forgets newest samples that retention has deleted. */
  dropTipsBefore(at: number): void {
    for (const [handle, tipAt] of this.#tipAts.entries()) if (tipAt < at) this.#tipAts[handle] = NONE;
  }
}
