import { randomUUID } from 'node:crypto';
import type { ChannelKinds, OpenSettings } from '../../channels.ts';
import type { Sealer } from '../../config/seal.ts';
import { AppError } from '../../domain/errors.ts';
import { checkedSettings, guardedSettings, type PlainSettings } from './sealed-settings.ts';
import type { Sql } from './sql.ts';

/** A channel for people: what is secret is only named. */
export type StoredChannel = {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly enabled: boolean;
  readonly settings: PlainSettings;
  /** Names of the secret settings that have a value. */
  readonly secretsSet: readonly string[];
};

/** For the sender alone: what is secret is a `Secret`. */
export type OpenChannel = {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly enabled: boolean;
  /** Another one after every change. */
  readonly version: number;
  readonly settings: OpenSettings;
};

type Row = { id: string; name: string; kind: string; enabled: boolean; version: number; sealed: Buffer };
type Setting = string | number | boolean | readonly string[];

const COLUMNS = 'id, name, kind, enabled, version, sealed';

export type Channels = ReturnType<typeof channels>;

/** Ways for messages to leave, as somebody set them up. Sealed at rest; secrets come out by `open` alone. */
export function channels(sql: Sql, sealer: Sealer, kinds: ChannelKinds) {
  const kindOf = (id: string) => {
    const kind = kinds.get(id);
    if (kind === undefined) throw new AppError('bad-input', `there is no kind of channel ${id}`);
    return kind;
  };

  async function settingsOf({ id, sealed }: Row): Promise<Record<string, Setting>> {
    return JSON.parse(await sealer.open(sealed, id));
  }

  async function shown(row: Row): Promise<StoredChannel> {
    const { id, name, kind, enabled } = row;
    const all = Object.entries(await settingsOf(row));
    const isSecret = (setting: string): boolean => kinds.get(kind)?.secrets.includes(setting) ?? true;
    return {
      id,
      name,
      kind,
      enabled,
      settings: Object.fromEntries(all.filter(([setting]) => !isSecret(setting))),
      secretsSet: all.map(([setting]) => setting).filter(isSecret),
    };
  }

  async function find(id: string, within: Sql = sql, lock = ''): Promise<Row> {
    const [row] = await within.query<Row>(`SELECT ${COLUMNS} FROM channel WHERE id = $1 ${lock}`, [id]);
    if (row === undefined) throw new AppError('not-found', 'there is no such channel');
    return row;
  }

  const opened = async (row: Row): Promise<OpenChannel> => ({
    id: row.id,
    name: row.name,
    kind: row.kind,
    enabled: row.enabled,
    version: row.version,
    settings: guardedSettings(await settingsOf(row), kinds.get(row.kind)?.secrets),
  });

  return {
    kinds,

    async list(): Promise<StoredChannel[]> {
      const rows = await sql.query<Row>(`SELECT ${COLUMNS} FROM channel ORDER BY name`);
      return await Promise.all(rows.map(shown));
    },

    /** @throws AppError `not-found` */
    async get(id: string): Promise<StoredChannel> {
      return await shown(await find(id));
    },

    /** @throws AppError `bad-input`, `conflict` for a name that is taken, `config` without SIMPUL_SECRET_KEY */
    async create(channel: {
      readonly name: string;
      readonly kind: string;
      readonly settings: PlainSettings;
      readonly enabled?: boolean;
    }): Promise<StoredChannel> {
      const { name, kind, settings, enabled = true } = channel;
      const id = randomUUID();
      const sealed = await sealer.seal(checkedSettings(kind, kindOf(kind), settings), id);
      await sql.run('INSERT INTO channel (id, name, kind, sealed, enabled) VALUES ($1, $2, $3, $4, $5)', [
        id,
        name,
        kind,
        sealed,
        enabled,
      ]);
      return await shown(await find(id));
    },

    /**
     * New settings take the place of the old ones; a secret that is not among them stays as it is, one that is null goes.
     * @throws AppError `not-found`, `bad-input`, `conflict`, `config`
     */
    async update(
      id: string,
      change: { readonly name?: string; readonly enabled?: boolean; readonly settings?: PlainSettings },
    ): Promise<StoredChannel> {
      return await sql.transaction(async (inner) => {
        const row = await find(id, inner, 'FOR UPDATE');
        let { sealed } = row;
        if (change.settings !== undefined) {
          const kind = kindOf(row.kind);
          const kept = Object.entries(await settingsOf(row)).filter(([setting]) => kind.secrets.includes(setting));
          const merged = Object.entries({ ...Object.fromEntries(kept), ...change.settings });
          const settings = Object.fromEntries(merged.filter(([, value]) => value !== null));
          sealed = await sealer.seal(checkedSettings(row.kind, kind, settings), id);
        }
        await inner.run(
          'UPDATE channel SET name = $2, enabled = $3, sealed = $4, version = version + 1 WHERE id = $1',
          [id, change.name ?? row.name, change.enabled ?? row.enabled, sealed],
        );
        return await shown(await find(id, inner));
      });
    },

    /** With what it sent. @throws AppError `not-found`, or `conflict` while messages wait for it */
    async remove(id: string): Promise<void> {
      await sql.transaction(async (inner) => {
        await find(id, inner, 'FOR UPDATE');
        const waiting = await inner.query(
          'SELECT 1 FROM message_outbox WHERE channel_id = $1 AND sent_at IS NULL AND failed_at IS NULL LIMIT 1',
          [id],
        );
        if (waiting.length > 0) throw new AppError('conflict', 'messages wait for the channel');
        await inner.run('DELETE FROM channel WHERE id = $1', [id]);
      });
    },

    /** @throws AppError `not-found`, or `config` where SIMPUL_SECRET_KEY is missing or another one */
    async open(id: string): Promise<OpenChannel> {
      return await opened(await find(id));
    },

    /** What the sender looks at every time: no secret is opened for it. */
    async versions(): Promise<readonly { id: string; kind: string; enabled: boolean; version: number }[]> {
      return await sql.query('SELECT id, kind, enabled, version FROM channel ORDER BY name');
    },
  };
}
