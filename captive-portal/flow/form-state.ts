import { randomBytes } from 'node:crypto';
import { MINUTE, SECOND } from '../../core/domain/clock.ts';
import type { Arrival } from '../gateway.ts';
import { type Language, languageOf } from '../pages/words.ts';
import type { Sealed } from './seal.ts';

/** So long a page may stay open before its button is pressed. */
export const FORM_LIFE_MS = 20 * MINUTE;

/** What a login page carries through its forms. */
export type FormState = {
  readonly gatewayId: string;
  readonly arrival: Omit<Arrival, 'refusal' | 'originUrl' | 'isOnline'>;
  /** When the person first came, UTC ms; it stays through further pages. */
  readonly arrivedAt: number;
  /** Tells one page from another: a second press of its button is the same try. */
  readonly nonce: string;
  /** The text that was shown: what is agreed to. */
  readonly terms: { readonly version: number; readonly language: Language };
  /** What a way in that takes several pages carries along. */
  readonly step: { readonly method: string; readonly text: string } | null;
};

export type ReadState = { readonly kind: 'state'; readonly state: FormState } | { readonly kind: 'stale' | 'forged' };

const MOST_STEP = 200;
const SKEW_MS = 5 * SECOND;

/** An arrival as it is kept: without what only the first page shows. */
export const kept = ({ clientMac, clientIp, signed, opaque }: FormState['arrival']): FormState['arrival'] => ({
  clientMac,
  clientIp,
  signed,
  opaque,
});

export const newNonce = (): string => randomBytes(9).toString('base64url');

export function sealState(sealed: Sealed, { gatewayId, arrival, arrivedAt, nonce, terms, step }: FormState): string {
  if (step !== null && step.text.length > MOST_STEP) throw new RangeError('a way in carries too much through its form');
  const { clientMac, clientIp, signed, opaque } = arrival;
  const shown = [terms.version, terms.language];
  const fields = [gatewayId, arrivedAt, nonce, clientMac, clientIp, signed ? 1 : 0, opaque, ...shown];
  return sealed.seal('form', JSON.stringify(step === null ? fields : [...fields, step.method, step.text]));
}

/** `stale`: it is ours and too old; `forged`: it is not ours. */
export function readState(sealed: Sealed, text: string, now: number): ReadState {
  const opened = sealed.open('form', text);
  if (opened === null) return { kind: 'forged' };
  const [gatewayId, arrivedAt, nonce, clientMac, clientIp, signed, opaque, version, language, method, step] =
    JSON.parse(opened);
  if (now - arrivedAt > FORM_LIFE_MS || arrivedAt - now > SKEW_MS) return { kind: 'stale' };
  return {
    kind: 'state',
    state: {
      gatewayId,
      arrival: { clientMac, clientIp, signed: signed === 1, opaque },
      arrivedAt,
      nonce,
      terms: { version, language: languageOf(language) },
      step: method === undefined ? null : { method, text: step },
    },
  };
}
