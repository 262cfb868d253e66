import { SECOND } from '../../../domain/clock.ts';
import type { Holdings, RolledResolution } from '../resolution.ts';
import type { Resolution } from '../series-store.ts';
import type { InfluxClient } from './client.ts';
import { source } from './schema.ts';

const MEASUREMENT = 'simpul_ledger';
/** Other processes roll up too; what they did is looked at again after so long. */
const FRESH_MS = 10 * SECOND;

type Entry = 'since' | 'rolled_to' | 'expired_to';

/** What is held, rolled up and expired, kept in the database itself: one point for each resolution. */
export class Ledger implements Holdings {
  readonly #client: InfluxClient;
  readonly #values = new Map<string, number>();
  #readAt = -Infinity;

  constructor(client: InfluxClient) {
    this.#client = client;
  }

  #get(entry: Entry, resolution: Resolution, otherwise: number): number {
    return this.#values.get(`${entry} ${resolution}`) ?? otherwise;
  }

  get since(): Readonly<Record<Resolution, number>> {
    const since = (resolution: Resolution): number =>
      Math.max(this.#get('since', resolution, Infinity), this.expiredTo(resolution));
    return { raw: since('raw'), '1m': since('1m'), '1h': since('1h'), '1d': since('1d') };
  }
  get rolledTo(): Readonly<Record<RolledResolution, number>> {
    const rolledTo = (resolution: Resolution): number => this.#get('rolled_to', resolution, -Infinity);
    return { '1m': rolledTo('1m'), '1h': rolledTo('1h'), '1d': rolledTo('1d') };
  }
  expiredTo(resolution: Resolution): number {
    return this.#get('expired_to', resolution, 0);
  }

  async refresh(now: number): Promise<void> {
    if (now - this.#readAt < FRESH_MS) return;
    for (const { tags, columns, values } of await this.#client.queryOne(
      `SELECT * FROM ${source('ledger', MEASUREMENT)} GROUP BY "resolution"`,
    )) {
      columns.forEach((column, index) => {
        const value = values[0]?.[index];
        if (typeof value === 'number') this.#values.set(`${column} ${tags['resolution']}`, value);
      });
    }
    this.#readAt = now;
  }

  async #set(entry: Entry, resolution: Resolution, value: number): Promise<void> {
    await this.#client.write(
      [{ measurement: MEASUREMENT, tags: { resolution }, fields: { [entry]: value }, at: 1 }],
      'ledger',
    );
    this.#values.set(`${entry} ${resolution}`, value);
  }

  async noteHeld(resolution: Resolution, at: number): Promise<void> {
    if (at < this.#get('since', resolution, Infinity)) await this.#set('since', resolution, at);
  }
  async setRolledTo(resolution: RolledResolution, at: number): Promise<void> {
    await this.#set('rolled_to', resolution, at);
  }
  async setExpiredTo(resolution: Resolution, at: number): Promise<void> {
    await this.#set('expired_to', resolution, at);
  }
}
