import { FILE_LIMITS } from '../limits.ts';
import { unescapeString } from './string-escapes.ts';

/** An escape is seven signs long; one sign more than is allowed shows that a text is too long. */
const MOST_CHARS = (FILE_LIMITS.cellChars + 1) * 7;

/** A text of a cell, with what is too long cut one sign too late. */
export const cellText = (raw: string): string => unescapeString(raw).slice(0, FILE_LIMITS.cellChars + 1);

/** Adds as much as is looked at. */
export const appended = (raw: string, more: string): string =>
  raw.length < MOST_CHARS ? raw + more.slice(0, MOST_CHARS - raw.length) : raw;

/** Collects what stands in `t`, in one piece or in runs, without what only says how it is pronounced. */
export function stringText() {
  let pieces = '';
  let isText = false;
  let isPhonetic = false;
  return {
    begin(): void {
      pieces = '';
    },
    open(name: string): void {
      if (name === 'rPh') isPhonetic = true;
      else if (name === 't') isText = !isPhonetic;
    },
    add(text: string): void {
      if (isText) pieces = appended(pieces, text);
    },
    close(name: string): void {
      if (name === 'rPh') isPhonetic = false;
      else if (name === 't') isText = false;
    },
    end: (): string => cellText(pieces),
  };
}
