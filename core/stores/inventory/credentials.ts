import { randomUUID } from 'node:crypto';
import type { Sealer } from '../../config/seal.ts';
import type { Secret } from '../../config/secret.ts';
import type { Credential } from '../../contract/credentials.ts';
import { AppError } from '../../domain/errors.ts';
import type { CredentialKinds } from './credential-kind.ts';
import type { PrismaClient } from './generated/client.ts';
import { checkedSettings, guardedSettings } from './sealed-settings.ts';
import { raise } from './store-error.ts';

/** For the collector alone: what is secret is a `Secret`. */
export type OpenCredential = {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly settings: Readonly<Record<string, string | number | boolean | Secret>>;
};

type CredentialSettings = Readonly<Record<string, unknown>>;

const WITH_COUNT = { _count: { select: { devices: true } } } as const;
const shape = (row: { id: string; name: string; kind: string; _count: { devices: number } }): Credential => ({
  id: row.id,
  name: row.name,
  kind: row.kind,
  devices: row._count.devices,
});

export type Credentials = ReturnType<typeof credentials>;

/** What signs in to devices. Sealed at rest; nothing but `open` ever gives settings out. */
export function credentials(prisma: PrismaClient, sealer: Sealer, kinds: CredentialKinds) {
  /** @throws AppError `bad-input` that names settings, never their values */
  function checked(kindId: string, settings: CredentialSettings): string {
    const kind = kinds.get(kindId);
    if (kind === undefined) throw new AppError('bad-input', `there is no credential kind ${kindId}`);
    return checkedSettings(kindId, kind, settings);
  }

  return {
    kinds,

    async list(): Promise<Credential[]> {
      const rows = await prisma.credential.findMany({ orderBy: { name: 'asc' }, include: WITH_COUNT }).catch(raise);
      return rows.map(shape);
    },

    async get(id: string): Promise<Credential | null> {
      const row = await prisma.credential.findUnique({ where: { id }, include: WITH_COUNT }).catch(raise);
      return row === null ? null : shape(row);
    },

    /** @throws AppError `bad-input`, `conflict` for a name that is taken, `config` without SIMPUL_SECRET_KEY */
    async create(credential: {
      readonly name: string;
      readonly kind: string;
      readonly settings: CredentialSettings;
    }): Promise<Credential> {
      const { name, kind, settings } = credential;
      const id = randomUUID();
      const sealed = new Uint8Array(await sealer.seal(checked(kind, settings), id));
      return shape(
        await prisma.credential.create({ data: { id, name, kind, sealed }, include: WITH_COUNT }).catch(raise),
      );
    },

    /** @throws AppError `not-found`, `bad-input`, `conflict`, `config` */
    async update(
      id: string,
      change: { readonly name?: string; readonly settings?: CredentialSettings },
    ): Promise<Credential> {
      const row = await prisma.credential.findUniqueOrThrow({ where: { id } }).catch(raise);
      const { name, settings } = change;
      const data = {
        ...(name === undefined ? {} : { name }),
        ...(settings === undefined
          ? {}
          : { sealed: new Uint8Array(await sealer.seal(checked(row.kind, settings), id)) }),
      };
      return shape(await prisma.credential.update({ where: { id }, data, include: WITH_COUNT }).catch(raise));
    },

    /** @throws AppError `not-found`, or `conflict` while devices use it */
    async remove(id: string): Promise<void> {
      await prisma.credential.delete({ where: { id } }).catch(raise);
    },

    /** @throws AppError `not-found`, or `config` where SIMPUL_SECRET_KEY is missing or another one */
    async open(id: string): Promise<OpenCredential> {
      const row = await prisma.credential.findUniqueOrThrow({ where: { id } }).catch(raise);
      const settings: Record<string, string | number | boolean> = JSON.parse(await sealer.open(row.sealed, id));
      const guarded = guardedSettings(settings, kinds.get(row.kind)?.secrets);
      return { id: row.id, name: row.name, kind: row.kind, settings: guarded };
    },
  };
}
