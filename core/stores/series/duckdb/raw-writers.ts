import {
  BIGINT,
  DOUBLE,
  type DuckDBAppender,
  DuckDBBigIntVector,
  type DuckDBConnection,
  DuckDBDataChunk,
  DuckDBDoubleVector,
  DuckDBIntegerVector,
  INTEGER,
} from '@duckdb/node-api';
import type { Partition, Partitions } from './partitions.ts';

const TYPES = [INTEGER, BIGINT, DOUBLE, DOUBLE, DOUBLE];
/** Rows of one data chunk of the engine. */
const CHUNK_ROWS = 2048;

/** Writes samples to one raw partition, column by column: a tenth of what row by row would take. */
class RawWriter {
  readonly #appender: DuckDBAppender;
  readonly #ids = new Int32Array(CHUNK_ROWS);
  readonly #ats = new Float64Array(CHUNK_ROWS);
  readonly #values = new Float64Array(CHUNK_ROWS);
  readonly #increases = new Float64Array(CHUNK_ROWS);
  readonly #spans = new Float64Array(CHUNK_ROWS);
  #full: DuckDBDataChunk | null = null;
  #rows = 0;

  constructor(appender: DuckDBAppender) {
    this.#appender = appender;
  }

  /**
   * @param beforeAt of the neighbour of a counter sample; not above 0 where it has none. A fall since then is a restart:
   *   neither growth nor time.
   */
  row(id: number, at: number, value: number, beforeAt: number, before: number): void {
    const row = this.#rows;
    const grew = beforeAt >= 0 && value >= before;
    this.#ids[row] = id;
    this.#ats[row] = at;
    this.#values[row] = value;
    this.#increases[row] = grew ? value - before : 0;
    this.#spans[row] = grew ? at - beforeAt : 0;
    this.#rows = row + 1;
    if (this.#rows === CHUNK_ROWS) this.#flush();
  }

  #flush(): void {
    const rows = this.#rows;
    const isFull = rows === CHUNK_ROWS;
    const chunk = (isFull ? this.#full : null) ?? DuckDBDataChunk.create(TYPES, rows);
    if (isFull) this.#full = chunk;
    setIntegers(chunk, 0, this.#ids, rows);
    setMoments(chunk, 1, this.#ats, rows);
    setDoubles(chunk, 2, this.#values, rows);
    setDoubles(chunk, 3, this.#increases, rows);
    setDoubles(chunk, 4, this.#spans, rows);
    this.#appender.appendDataChunk(chunk);
    this.#rows = 0;
  }

  /** Hands everything over to the open transaction. */
  close(): void {
    if (this.#rows > 0) this.#flush();
    this.#appender.flushSync();
    this.#appender.closeSync();
  }
}

function setIntegers(chunk: DuckDBDataChunk, column: number, from: Int32Array, rows: number): void {
  const vector = chunk.getColumnVector(column);
  if (!(vector instanceof DuckDBIntegerVector)) throw new TypeError('a column of another type');
  for (let row = 0; row < rows; row++) vector.setItem(row, from[row] ?? 0);
  vector.flush();
}

function setDoubles(chunk: DuckDBDataChunk, column: number, from: Float64Array, rows: number): void {
  const vector = chunk.getColumnVector(column);
  if (!(vector instanceof DuckDBDoubleVector)) throw new TypeError('a column of another type');
  for (let row = 0; row < rows; row++) vector.setItem(row, from[row] ?? 0);
  vector.flush();
}

function setMoments(chunk: DuckDBDataChunk, column: number, from: Float64Array, rows: number): void {
  const vector = chunk.getColumnVector(column);
  if (!(vector instanceof DuckDBBigIntVector)) throw new TypeError('a column of another type');
  // Samples of one poll share their moment.
  let last = 0;
  let moment = 0n;
  for (let row = 0; row < rows; row++) {
    const at = from[row] ?? 0;
    if (at !== last) {
      last = at;
      moment = BigInt(at);
    }
    vector.setItem(row, moment);
  }
  vector.flush();
}

/** Writers of the raw partitions that a transaction touches. */
export class RawWriters {
  readonly #connection: DuckDBConnection;
  readonly #partitions: Partitions;
  readonly #writers: { readonly partition: Partition; readonly writer: RawWriter }[] = [];
  #current: RawWriter | undefined;
  #from = 0;
  #to = 0;

  constructor(connection: DuckDBConnection, partitions: Partitions) {
    this.#connection = connection;
    this.#partitions = partitions;
  }

  /** The writer for a moment, if it is open: nearly always that of the moment before. */
  of(at: number): RawWriter | undefined {
    if (at >= this.#from && at < this.#to) return this.#current;
    const found = this.#writers.find(({ partition }) => at >= partition.from && at < partition.to);
    this.#current = found?.writer;
    this.#from = found?.partition.from ?? 0;
    this.#to = found?.partition.to ?? 0;
    return this.#current;
  }

  async open(at: number): Promise<void> {
    const partition = this.#partitions.at('raw', at);
    await this.#partitions.ensure(this.#connection, partition);
    const writer = new RawWriter(await this.#connection.createAppender(partition.table));
    this.#writers.push({ partition, writer });
  }

  close(): void {
    for (const { writer } of this.#writers) writer.close();
  }
}
