import type { TObject } from 'typebox';
import { Value } from 'typebox/value';
import { Secret } from '../../config/secret.ts';
import { AppError, type Fault } from '../../domain/errors.ts';

/** What is set up by a person and kept sealed: credentials of devices, channels of messages. */
export type SealedKind = {
  readonly settings: TObject;
  readonly secrets: readonly string[];
  readonly check?: (settings: Readonly<Record<string, unknown>>) => { field: string; reason: string } | null;
};

export type PlainSettings = Readonly<Record<string, unknown>>;
type OpenedSettings = Readonly<Record<string, string | number | boolean | Secret>>;

/**
 * Settings as they are sealed.
 * @throws AppError `bad-input` that names settings, never their values
 */
export function checkedSettings(kindId: string, kind: SealedKind, settings: PlainSettings): string {
  const faults: Fault[] = Value.Check(kind.settings, settings)
    ? [kind.check?.(settings) ?? null].filter((fault) => fault !== null)
    : Value.Errors(kind.settings, settings).map(({ instancePath, message }) => ({
        field: instancePath,
        reason: message,
      }));
  if (faults.length > 0) throw new AppError('bad-input', `the settings do not fit ${kindId}`, { faults });
  return JSON.stringify(settings);
}

/** Settings as they leave the store. @param secrets undefined for a kind that is no longer known: all is secret then */
export function guardedSettings<T extends OpenedSettings[string] | readonly string[]>(
  settings: Readonly<Record<string, T>>,
  secrets: readonly string[] = Object.keys(settings),
): Readonly<Record<string, T | Secret>> {
  const guarded = Object.entries(settings).map(
    ([name, value]) => [name, secrets.includes(name) ? new Secret(String(value)) : value] as const,
  );
  return Object.fromEntries(guarded);
}
