import { type DuckDBConnection, INTEGER, VARCHAR } from '@duckdb/node-api';
import type { Sample } from '../../../domain/sample.ts';
import type { SeriesKey } from '../series-store.ts';
import { rows } from './engine.ts';
import type { Partitions } from './partitions.ts';
import { TableWriter } from './table-writer.ts';

/** A series, and the newest sample it has: its tip. */
export type Known = SeriesKey & {
  readonly id: number;
  kind: Sample['kind'];
  /** Moment of the newest sample; -Infinity where there is none, NaN where it must be looked up first. */
  tipAt: number;
  tipValue: number;
};

const UNKNOWN = Number.NaN;
const NONE = Number.NEGATIVE_INFINITY;
const MAX_IN_LIST = 2_000;
/**
 * Ids of a metric's series lie in blocks of their own, so that in order of ids what groups ask for lies together: one
 * metric of all devices.
 */
const BLOCK_IDS = 2 ** 19;
const MAX_BLOCKS = 2 ** 12;

/** Every series, by device and by id. */
export class Catalogue {
  /** By device and metric; by instance where a metric has several, as most have one. */
  readonly #byDevice = new Map<string, Map<string, Known | Map<string, Known>>>();
  readonly #byId = new Map<number, Known>();
  /** Of each metric, the block that its next series goes to. */
  readonly #blockOf = new Map<string, number>();
  /** How many ids of each block are taken. */
  readonly #taken: number[] = [];
  readonly #added: Known[] = [];
  readonly #turned: Known[] = [];

  /** Newest samples are read from the last hours at once, and for silent series when one is asked for. */
  static async load(connection: DuckDBConnection, partitions: Partitions): Promise<Catalogue> {
    const catalogue = new Catalogue();
    for (const [id, deviceId, metric, instance, kind] of await rows(
      connection,
      'SELECT id, device, metric, instance, kind FROM series ORDER BY id',
    )) {
      catalogue.#take(Number(id), String(metric));
      catalogue.#put({
        id: Number(id),
        deviceId: String(deviceId),
        metric: String(metric),
        instance: String(instance),
        kind: kind === 'counter' ? 'counter' : 'gauge',
        tipAt: UNKNOWN,
        tipValue: 0,
      });
    }
    const fresh = partitions.all('raw').filter(({ isFresh }) => isFresh);
    for (const { table } of fresh.slice(-3).reverse()) await catalogue.#readTips(connection, table, '');
    return catalogue;
  }

  byId(id: number): Known | undefined {
    return this.#byId.get(id);
  }

  #take(id: number, metric: string): void {
    const block = Math.floor(id / BLOCK_IDS);
    while (this.#taken.length <= block) this.#taken.push(0);
    this.#taken[block] = (id % BLOCK_IDS) + 1;
    this.#blockOf.set(metric, block);
  }

  #nextId(metric: string): number {
    const hasRoom = (block: number): boolean => (this.#taken[block] ?? 0) < BLOCK_IDS;
    let block = this.#blockOf.get(metric);
    if (block === undefined || !hasRoom(block)) {
      block =
        this.#taken.length < MAX_BLOCKS ? this.#taken.length : this.#taken.findLastIndex((_, each) => hasRoom(each));
    }
    const id = block * BLOCK_IDS + (this.#taken[block] ?? 0);
    this.#take(id, metric);
    return id;
  }

  #find({ deviceId, metric, instance }: SeriesKey): Known | undefined {
    const found = this.#byDevice.get(deviceId)?.get(metric);
    if (found instanceof Map) return found.get(instance);
    return found?.instance === instance ? found : undefined;
  }

  /** Finds or makes the series of a sample. */
  of(sample: SeriesKey & { readonly kind: Sample['kind'] }): Known {
    const found = this.#find(sample);
    if (found?.kind === sample.kind) return found;
    if (found !== undefined) {
      found.kind = sample.kind;
      this.#turned.push(found);
      return found;
    }
    const { deviceId, metric, instance, kind } = sample;
    const made = { id: this.#nextId(metric), deviceId, metric, instance, kind, tipAt: NONE, tipValue: 0 };
    this.#put(made);
    this.#added.push(made);
    return made;
  }

  #put(known: Known): void {
    const { deviceId, metric, instance } = known;
    const metrics = this.#byDevice.get(deviceId) ?? new Map<string, Known | Map<string, Known>>();
    this.#byDevice.set(deviceId, metrics);
    const standing = metrics.get(metric);
    if (standing instanceof Map) standing.set(instance, known);
    else if (standing === undefined || standing.instance === instance) metrics.set(metric, known);
    else {
      metrics.set(
        metric,
        new Map([
          [standing.instance, standing],
          [instance, known],
        ]),
      );
    }
    this.#byId.set(known.id, known);
  }

  /** Writes down the series that were made or changed since the last time. */
  async save(connection: DuckDBConnection): Promise<void> {
    for (const { id, kind } of this.#turned) {
      await connection.run(`UPDATE series SET kind = '${kind === 'counter' ? 'counter' : 'gauge'}' WHERE id = ${id}`);
    }
    this.#turned.length = 0;
    if (this.#added.length === 0) return;
    const writer = await TableWriter.open(connection, 'series', [INTEGER, VARCHAR, VARCHAR, VARCHAR, VARCHAR]);
    for (const { id, deviceId, metric, instance, kind } of this.#added) {
      writer.row(id, deviceId, metric, instance, kind);
    }
    writer.close();
    this.#added.length = 0;
  }

  /** In order of id. */
  find(deviceIds: readonly string[], wanted: (known: Known) => boolean): readonly Known[] {
    const found: Known[] = [];
    for (const deviceId of new Set(deviceIds)) {
      for (const standing of this.#byDevice.get(deviceId)?.values() ?? []) {
        for (const known of standing instanceof Map ? standing.values() : [standing]) {
          if (wanted(known)) found.push(known);
        }
      }
    }
    return found.sort((a, b) => a.id - b.id);
  }

  /** Looks the newest samples up where they are not known since the start. */
  async ensureTips(connection: DuckDBConnection, partitions: Partitions, series: readonly Known[]): Promise<void> {
    let unknown = [...new Set(series.filter(lacksTip))];
    for (const { table } of [...partitions.all('raw')].reverse()) {
      if (unknown.length === 0) return;
      const list = unknown.map(({ id }) => id).join(',');
      await this.#readTips(connection, table, unknown.length > MAX_IN_LIST ? '' : `WHERE series IN (${list})`);
      unknown = unknown.filter(lacksTip);
    }
    for (const known of unknown) known.tipAt = NONE;
  }

  async #readTips(connection: DuckDBConnection, table: string, where: string): Promise<void> {
    for (const [id, at, value] of await rows(
      connection,
      `SELECT series, max(at_ms)::DOUBLE, arg_max(value, at_ms) FROM ${table} ${where} GROUP BY series`,
    )) {
      const known = this.#byId.get(Number(id));
      if (known === undefined || !lacksTip(known)) continue;
      known.tipAt = Number(at);
      known.tipValue = Number(value);
    }
  }

  /** Forgets newest samples that retention has deleted. */
  dropTipsBefore(at: number): void {
    for (const known of this.#byId.values()) if (known.tipAt < at) known.tipAt = NONE;
  }
}

export const lacksTip = ({ tipAt }: Known): boolean => Number.isNaN(tipAt);
