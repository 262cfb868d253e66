import { type Static, type TObject, Type } from 'typebox';
import { Value } from 'typebox/value';
import type { Fault } from './errors.ts';
import type { StatePolicy } from './next-state.ts';

/** What a probe tells of itself to whoever fills in a device: forms, imports, the API. */
export type ProbeKind = {
  readonly title: { readonly id: string; readonly en: string };
  /** Shape of `device.settings` where this probe asks the device. */
  readonly settings: TObject;
  /** Kinds of credentials that it can use; it polls devices that have one of them. */
  readonly credentials: readonly string[];
  /** How often a device is asked whether it lives, where the device says nothing of its own; ms. */
  readonly reachIntervalMs?: number;
  /** How long an answer to that is waited for, likewise; ms. */
  readonly reachTimeoutMs?: number;
  /** Where it differs from the default of when a device counts as degraded or down. */
  readonly thresholds?: Partial<StatePolicy>;
};

/** For protocols that take care of lost packets by themselves, or send none: three questions without an answer count. */
export const SINGLE_QUESTION: Partial<StatePolicy> = { failures: 3, gapMs: null };

/** What `device.settings` may hold at all: flat, so that forms and files can show it. Each probe has a schema of its own. */
export const ProbeSettings = Type.Record(
  Type.String({ maxLength: 60 }),
  Type.Union([
    Type.String({ maxLength: 2_000 }),
    Type.Number(),
    Type.Boolean(),
    Type.Array(Type.String({ maxLength: 500 }), { maxItems: 50 }),
  ]),
  { maxProperties: 40 },
);
export type ProbeSettings = Static<typeof ProbeSettings>;

export type ProbeKinds = ReadonlyMap<string, ProbeKind>;

/** What is wrong with a device's choice of probe and its settings. */
export function probeFaults(
  probes: ProbeKinds,
  id: string,
  settings: Readonly<Record<string, unknown>>,
): readonly Fault[] {
  const probe = probes.get(id);
  if (probe === undefined)
    return [{ field: 'reachability', reason: `there is no probe ${id}; there are ${[...probes.keys()].join(', ')}` }];
  return Value.Errors(probe.settings, settings).map(({ instancePath, message }) => ({
    field: `settings${instancePath}`,
    reason: message,
  }));
}

/** Settings as a file or a form has them; null for what is no flat JSON object. */
export function parseSettings(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const settings: unknown = JSON.parse(text);
    return Value.Check(ProbeSettings, settings) ? settings : null;
  } catch {
    return null;
  }
}
