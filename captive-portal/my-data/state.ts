import { randomBytes } from 'node:crypto';
import { MINUTE, SECOND } from '../../core/domain/clock.ts';
import type { Sealed } from '../flow/seal.ts';

const LIFE_MS = 20 * MINUTE;
const SKEW_MS = 5 * SECOND;

/** What the pages carry along: no number, and nothing that anybody could make or read. */
export type MyDataState =
  /** `visitor`: this browser's visit, which its code is bound to. */
  | { readonly kind: 'visitor'; readonly visitor: string }
  | { readonly kind: 'asked'; readonly visitor: string; readonly codeId: string }
  /** The code was right. */
  | { readonly kind: 'known'; readonly phoneHash: string };

export const newVisitor = (): string => randomBytes(12).toString('base64url');

export const sealMyData = (sealed: Sealed, state: MyDataState, now: number): string =>
  sealed.seal('my-data', JSON.stringify({ at: now, state }));

/** @returns null for what is not ours, and for what is too old */
export function readMyData(sealed: Sealed, text: string, now: number): MyDataState | null {
  const opened = sealed.open('my-data', text);
  if (opened === null) return null;
  const { at, state } = JSON.parse(opened) as { readonly at: number; readonly state: MyDataState };
  return now - at > LIFE_MS || at - now > SKEW_MS ? null : state;
}
