import { type DuckDBConnection, DuckDBInstance, type DuckDBValue } from '@duckdb/node-api';
import { AppError } from '../../../domain/errors.ts';

export type EngineOptions = {
  readonly path: string;
  /** Most memory the engine may take; what does not fit spills to disk beside the file. */
  readonly memoryMb: number;
  readonly threads: number;
};

export type Row = readonly DuckDBValue[];

const READERS = 3;
/** Size of the write-ahead log at which it goes into the file; each time the last row groups are written anew. */
const CHECKPOINT_AT = '64MB';
/** The least that is read of a series: small, since a chart needs some hundred rows of millions. */
const ROW_GROUP_ROWS = 16_384;
/** Failures of the disk, the memory or the engine itself; anything else is a fault of a statement. */
const AWAY =
  /^(IO|FATAL|Out of Memory|INTERNAL|Internal|TransactionContext|Transaction|Connection|Serialization|Invalid Error)\b|invalidated/;

/** @returns AppError `store-unavailable` where the engine failed, the error itself where the statement did */
export function asStoreError(error: unknown): unknown {
  if (error instanceof AppError || !(error instanceof Error)) return error;
  const line = error.message.split('\n')[0] ?? '';
  if (!AWAY.test(line)) return error;
  return new AppError('store-unavailable', `the series store does not answer: ${line.slice(0, 300)}`, { cause: error });
}

export async function rows(connection: DuckDBConnection, sql: string): Promise<readonly Row[]> {
  return (await connection.runAndReadAll(sql)).getRows();
}

/**
 * One open database file: one connection that writes, one transaction after the other, and a few that read beside it.
 * Tables are taken away only within `replace`, when no reader is between naming and reading one.
 */
export class Engine {
  readonly #instance: DuckDBInstance;
  readonly #writer: DuckDBConnection;
  readonly #readers: readonly DuckDBConnection[];
  #turn = 0;
  #writing: Promise<unknown> = Promise.resolve();
  #reading = 0;
  #exclusive: Promise<unknown> | null = null;
  #idle: (() => void) | null = null;
  #ended: (isThrough: boolean) => void = () => {};

  private constructor(instance: DuckDBInstance, writer: DuckDBConnection, readers: readonly DuckDBConnection[]) {
    this.#instance = instance;
    this.#writer = writer;
    this.#readers = readers;
  }

  static async open({ path, memoryMb, threads }: EngineOptions): Promise<Engine> {
    try {
      const instance = await DuckDBInstance.create(':memory:', {
        memory_limit: `${memoryMb}MB`,
        threads: String(threads),
        temp_directory: `${path}.tmp`,
        checkpoint_threshold: CHECKPOINT_AT,
        // Nothing is ever fetched from outside.
        autoinstall_known_extensions: 'false',
        autoload_known_extensions: 'false',
      });
      const writer = await instance.connect();
      // The file is attached rather than opened, since only so the size of its row groups can be chosen.
      await writer.run(`ATTACH '${path.replaceAll("'", "''")}' AS series (ROW_GROUP_SIZE ${ROW_GROUP_ROWS})`);
      const readers = await Promise.all(Array.from({ length: READERS }, () => instance.connect()));
      for (const connection of [writer, ...readers]) await connection.run('USE series');
      return new Engine(instance, writer, readers);
    } catch (error) {
      throw asStoreError(error);
    }
  }

  /** @param ended is told of the end of each transaction, before anybody else: whether it is through or was undone */
  whenEnded(ended: (isThrough: boolean) => void): void {
    this.#ended = ended;
  }

  /** Runs `work` in a transaction of its own, after those before it. Resolves when it is on disk. */
  write<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
    const result = this.#writing.then(() => this.#transact(work));
    this.#writing = result.catch(() => {});
    return result;
  }

  async #transact<T>(work: (connection: DuckDBConnection) => Promise<T>, commit?: () => Promise<void>): Promise<T> {
    const connection = this.#writer;
    try {
      await connection.run('BEGIN');
      const result = await work(connection);
      await (commit?.() ?? connection.run('COMMIT'));
      this.#ended(true);
      return result;
    } catch (error) {
      // After some failures there is no transaction left to undo.
      await connection.run('ROLLBACK').catch(() => {});
      this.#ended(false);
      throw asStoreError(error);
    }
  }

  /** @param name builds the statement; called when no table can vanish before it is read */
  async read(name: () => string): Promise<readonly Row[]> {
    while (this.#exclusive !== null) await this.#exclusive;
    this.#reading += 1;
    try {
      this.#turn = (this.#turn + 1) % READERS;
      return await rows(this.#readers[this.#turn] ?? this.#writer, name());
    } catch (error) {
      throw asStoreError(error);
    } finally {
      this.#reading -= 1;
      if (this.#reading === 0) this.#idle?.();
    }
  }

  /**
   * Runs `work` in a transaction that takes tables away. Nobody reads while it is committed, and what it returns is
   * called in that moment: readers know either all of the old tables or all of the new ones.
   */
  replace(work: (connection: DuckDBConnection) => Promise<() => void>): Promise<void> {
    const result = this.#writing.then(async () => {
      let finish = () => {};
      let release = () => {};
      try {
        await this.#transact(
          async (connection) => {
            finish = await work(connection);
          },
          async () => {
            this.#exclusive = new Promise<void>((resolve) => {
              release = resolve;
            });
            await this.#unread();
            await this.#writer.run('COMMIT');
            finish();
          },
        );
      } finally {
        this.#exclusive = null;
        release();
      }
    });
    this.#writing = result.catch(() => {});
    return result;
  }

  /** Resolves when the last reader has gone. */
  async #unread(): Promise<void> {
    if (this.#reading === 0) return;
    await new Promise<void>((resolve) => {
      this.#idle = resolve;
    });
    this.#idle = null;
  }

  async close(): Promise<void> {
    await this.#writing;
    await this.#unread();
    for (const connection of [this.#writer, ...this.#readers]) connection.closeSync();
    this.#instance.closeSync();
  }
}
