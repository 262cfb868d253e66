import { randomUUID } from 'node:crypto';
import { Value } from 'typebox/value';
import type { Sealer } from '../../config/seal.ts';
import { Secret } from '../../config/secret.ts';
import type { Credential } from '../../contract/credentials.ts';
import { AppError, type Fault } from '../../domain/errors.ts';
import type { CredentialKinds } from './credential-kind.ts';
import type { PrismaClient } from './generated/client.ts';
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
    const faults: Fault[] = Value.Check(kind.settings, settings)
      ? [kind.check?.(settings) ?? null].filter((fault) => fault !== null)
      : Value.Errors(kind.settings, settings).map(({ instancePath, message }) => ({
          field: instancePath,
          reason: message,
        }));
    if (faults.length > 0) throw new AppError('bad-input', `the settings do not fit ${kindId}`, { faults });
    return JSON.stringify(settings);
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
      const secrets = kinds.get(row.kind)?.secrets ?? Object.keys(settings);
      const guarded = Object.entries(settings).map(
        ([name, value]) => [name, secrets.includes(name) ? new Secret(String(value)) : value] as const,
      );
      return { id: row.id, name: row.name, kind: row.kind, settings: Object.fromEntries(guarded) };
    },
  };
}
