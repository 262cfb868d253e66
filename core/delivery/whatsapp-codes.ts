import { ChannelError, type ChannelFailure } from './channel-error.ts';

const of = (failure: ChannelFailure, codes: readonly number[]): (readonly [number, ChannelFailure])[] =>
  codes.map((code) => [code, failure]);

/** Error codes of the WhatsApp Cloud API (its reference of error codes); the status of HTTP is no safe guide to them. */
const FAILURES = new Map<number, ChannelFailure>([
  // Token expired or withdrawn, a permission missing, the account blocked or unpaid.
  ...of('sign-in', [0, 3, 10, 190, 368, 130_497, 131_005, 131_031, 131_042, 131_045, 133_010]),
  // Calls of the app, of the account, of the number, and to one person.
  ...of('rate-limited', [4, 80_007, 130_429, 131_056]),
  // Unknown, service, something went wrong, unavailable, maintenance, temporarily unavailable.
  ...of('provider-fault', [1, 2, 131_000, 131_016, 131_057, 133_004]),
  // Not deliverable, sender is recipient, not among the allowed of a test number, does not want to hear.
  ...of('recipient', [131_021, 131_026, 131_030, 131_050, 130_403]),
  // Outside the window of 24 hours, kept back by quality and spam limits.
  ...of('refused', [131_047, 131_048, 131_049, 130_472, 131_008, 131_009, 131_051]),
  ...of('settings', [33, 100, 132_000, 132_001, 132_005, 132_007, 132_012, 132_015, 132_016]),
]);

/** @returns null for a code that is not known */
export function failureOfWhatsAppCode(code: number, pairWaitMs: number): ChannelError | null {
  const failure = FAILURES.get(code) ?? (code >= 200 && code <= 299 ? 'sign-in' : undefined);
  if (failure === undefined) return null;
  return new ChannelError(failure, `whatsapp ${code}`, code === 131_056 ? { retryAfterMs: pairWaitMs } : {});
}
