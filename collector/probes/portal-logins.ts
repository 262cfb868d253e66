import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { ProbeError } from '../../core/domain/errors.ts';
import { type ProbeKind, SINGLE_QUESTION } from '../../core/domain/probe-kind.ts';
import type { OpenProbe } from '../probe.ts';

const Settings = Type.Object({ gateway: Type.String({ format: 'uuid' }) }, { additionalProperties: false });

export const kind: ProbeKind = {
  title: { id: 'Keberhasilan masuk Wi-Fi', en: 'Success of Wi-Fi logins' },
  settings: Settings,
  credentials: [],
  reachIntervalMs: 60_000,
  reachTimeoutMs: 5_000,
  thresholds: SINGLE_QUESTION,
};

/** Fewer people say nothing: telephones are switched off on the way. */
const FEWEST = 5;
/** Below this share of people who got in, something is wrong with it. */
const FAIR_PERCENT = 50;

/**
 * Whether people who were let in by the captive portal came online at the gateway. Nobody at all among several is a
 * failure of the way in, whatever the gateway answers to pings; where few come, or a gateway never told of anybody, it
 * says nothing.
 */
export const open = (({ loginOutcomes, clock }) => ({
  async reach({ settings }) {
    if (loginOutcomes === null || !Value.Check(Settings, settings))
      throw new ProbeError('not-supported', 'the collector has no captive portal to look at');
    const { issued, online, hasToldBefore } = await loginOutcomes(settings.gateway, clock()).catch((cause: unknown) => {
      throw new ProbeError('not-supported', 'the captive portal cannot be looked at', { cause });
    });
    if (issued < FEWEST || !hasToldBefore) return { roundTripMs: null };
    if (online === 0)
      throw new ProbeError('refused', `of ${issued} people who agreed nobody came online at the gateway`);
    const percent = (100 * online) / issued;
    return {
      roundTripMs: null,
      ...(percent < FAIR_PERCENT ? { impairment: 'logins-failing' } : {}),
      readings: [
        { metric: 'portal.login_success_percent', instance: '', value: percent, kind: 'gauge' },
        { metric: 'portal.logins_15m', instance: '', value: issued, kind: 'gauge' },
      ],
    };
  },
  async close() {},
})) satisfies OpenProbe;
