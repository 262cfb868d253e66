import { ProbeError } from '../../core/domain/errors.ts';
import type { Attributes } from './reply.ts';

/** What `=category=` of a trap means, by its number (RouterOS documentation, page API). */
const CATEGORIES = [
  'missing-item',
  'argument-value',
  'interrupted',
  'scripting',
  'general',
  'api',
  'tty',
  'return-value',
] as const;
export type TrapCategory = (typeof CATEGORIES)[number];

/** Longest text of a router that goes into an error. */
const MAX_MESSAGE = 200;

/** The router understood the command and refused it. */
export class TrapError extends ProbeError {
  /** Null where the router gives none, or one that is not known. */
  readonly category: TrapCategory | null;
  /** As the router puts it. */
  readonly said: string;

  constructor(attributes: Attributes) {
    const said = plain(attributes.get('message') ?? '');
    const isForbidden = /not enough permissions/i.test(said);
    super(isForbidden ? 'auth' : 'bad-answer', `the router refuses: ${said || 'no reason given'}`, {
      detail: isForbidden ? 'permission' : 'trap',
    });
    this.said = said;
    this.category = CATEGORIES[Number.parseInt(attributes.get('category') ?? '', 10)] ?? null;
  }

  /** The board, the version or the packages lack the menu, or the user may not see it. */
  get isMissingMenu(): boolean {
    return /no such command/i.test(this.said) || this.detail === 'permission';
  }
}

/** Text of a router on one line, cut to a length that a log bears. */
export const plain = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
    .slice(0, MAX_MESSAGE);
