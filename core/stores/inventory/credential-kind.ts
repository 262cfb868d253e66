import type { TObject } from 'typebox';
import { loadFolder } from '../../load-folder.ts';

/** A way of signing in to devices: one file of `credential-kinds`, whose name is the id. */
export type CredentialKind = {
  readonly title: { readonly id: string; readonly en: string };
  readonly settings: TObject;
  /** Settings that are shown to nobody and leave the store only as `Secret`. */
  readonly secrets: readonly string[];
  /** What the schema alone cannot say. @returns the setting at fault and the reason, or null */
  readonly check?: (settings: Readonly<Record<string, unknown>>) => { field: string; reason: string } | null;
};

export type CredentialKinds = ReadonlyMap<string, CredentialKind>;

const isKind = (value: unknown): value is CredentialKind =>
  typeof value === 'object' && value !== null && 'title' in value && 'settings' in value && 'secrets' in value;

export const loadCredentialKinds = (): Promise<CredentialKinds> =>
  loadFolder(new URL('./credential-kinds/', import.meta.url), (module, id) => {
    if (!isKind(module['kind'])) throw new TypeError(`credential-kinds/${id} exports no kind`);
    return module['kind'];
  });
