import { BIGINT, DOUBLE, type DuckDBConnection, INTEGER } from '@duckdb/node-api';
import type { Partition, Partitions } from './partitions.ts';
import { TableWriter } from './table-writer.ts';

export type Neighbour = { readonly at: number; readonly value: number };

const RAW_TYPES = [INTEGER, BIGINT, DOUBLE, DOUBLE, DOUBLE];

/** Writes samples to one raw partition. */
class RawWriter {
  readonly #writer: TableWriter;

  constructor(writer: TableWriter) {
    this.#writer = writer;
  }

  /** @param before neighbour of a counter sample. A fall since then is a restart: neither growth nor time. */
  row(id: number, at: number, value: number, before: Neighbour | null): void {
    const grew = before !== null && value >= before.value;
    this.#writer.row(id, BigInt(at), value, grew ? value - before.value : 0, grew ? at - before.at : 0);
  }

  close(): void {
    this.#writer.close();
  }
}

/** Writers of the raw partitions that a transaction touches. */
export class RawWriters {
  readonly #connection: DuckDBConnection;
  readonly #partitions: Partitions;
  readonly #writers: { readonly partition: Partition; readonly writer: RawWriter }[] = [];
  #current: { readonly partition: Partition; readonly writer: RawWriter } | undefined;

  constructor(connection: DuckDBConnection, partitions: Partitions) {
    this.#connection = connection;
    this.#partitions = partitions;
  }

  /** The writer for a moment, if it is open: nearly always that of the moment before. */
  of(at: number): RawWriter | undefined {
    const isFor = ({ partition }: { readonly partition: Partition }): boolean =>
      at >= partition.from && at < partition.to;
    if (this.#current === undefined || !isFor(this.#current)) this.#current = this.#writers.find(isFor);
    return this.#current?.writer;
  }

  async open(at: number): Promise<RawWriter> {
    const partition = this.#partitions.at('raw', at);
    await this.#partitions.ensure(this.#connection, partition);
    const writer = new RawWriter(await TableWriter.open(this.#connection, partition.table, RAW_TYPES));
    this.#writers.push({ partition, writer });
    return writer;
  }

  close(): void {
    for (const { writer } of this.#writers) writer.close();
  }
}
