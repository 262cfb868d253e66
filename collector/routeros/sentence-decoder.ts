import { isUtf8 } from 'node:buffer';
import { ProbeError } from '../../core/domain/errors.ts';
import { lengthPrefix } from './word.ts';

export type SentenceLimits = {
  readonly maxWordBytes: number;
  /** Of all words of a sentence together. */
  readonly maxSentenceBytes: number;
  readonly maxWords: number;
  /** What each sentence must begin with: a peer that speaks another protocol is told at its first byte. */
  readonly startsWith: '!' | '/';
};

/** Far above what a row of a table that is asked for by name of its columns needs. */
export const REPLY_LIMITS: SentenceLimits = {
  maxWordBytes: 256 * 1024,
  maxSentenceBytes: 1024 * 1024,
  maxWords: 2_048,
  startsWith: '!',
};

type Sentence = readonly string[];

/** Puts sentences together from bytes as they come, however they are cut. */
export type SentenceDecoder = {
  /** @throws ProbeError `bad-answer` for what is no sentence within the limits; after that it takes nothing more */
  push(chunk: Uint8Array): void;
};

/** @param onSentence hears each sentence that is complete, before whatever is wrong behind it; empty ones are left out */
export function createSentenceDecoder(limits: SentenceLimits, onSentence: (words: Sentence) => void): SentenceDecoder {
  const firstByte = limits.startsWith.charCodeAt(0);
  let words: string[] = [];
  let sentenceBytes = 0;
  /** Length of the word that is being read, and how many bytes of its prefix are missing. */
  let length = 0;
  let missing = 0;
  /** Bytes of a word that came in more than one piece. */
  let partial: Buffer | null = null;
  let filled = 0;
  let broken: ProbeError | null = null;

  function fail(detail: string, message: string): never {
    broken = new ProbeError('bad-answer', message, { detail });
    partial = null;
    words = [];
    throw broken;
  }

  function begin(): void {
    if (length > limits.maxWordBytes) fail('oversized', `a word of ${length} bytes`);
    sentenceBytes += length;
    if (sentenceBytes > limits.maxSentenceBytes) fail('oversized', 'a sentence without end');
    if (words.length >= limits.maxWords) fail('oversized', 'a sentence of too many words');
  }

  function checkStart(byte: number | undefined): void {
    if (words.length === 0 && byte !== firstByte) fail('wrong-protocol', 'the peer does not speak the RouterOS API');
  }

  function push(chunk: Uint8Array): void {
    if (broken !== null) throw broken;
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    let at = 0;
    while (at < bytes.length) {
      if (partial !== null) {
        if (filled === 0) checkStart(bytes[at]);
        const copied = bytes.copy(partial, filled, at);
        filled += copied;
        at += copied;
        if (filled < partial.length) break;
        words.push(textOf(partial));
        partial = null;
        continue;
      }
      const byte = bytes[at++] ?? 0;
      if (missing > 0) {
        length = length * 256 + byte;
        missing--;
      } else {
        const prefix = lengthPrefix(byte);
        if (prefix === null) fail('reserved-length', `a length that begins with 0x${byte.toString(16)}`);
        length = prefix.bits;
        missing = prefix.more;
      }
      if (missing > 0) continue;
      if (length === 0) {
        const complete = words;
        words = [];
        sentenceBytes = 0;
        if (complete.length > 0) onSentence(complete);
        continue;
      }
      begin();
      if (at + length <= bytes.length) {
        checkStart(bytes[at]);
        words.push(textOf(bytes.subarray(at, at + length)));
        at += length;
      } else {
        partial = Buffer.allocUnsafe(length);
        filled = 0;
      }
    }
  }

  return { push };
}

/** RouterOS keeps texts as the bytes that were typed: UTF-8 from newer tools, a code page of one byte from older. */
const textOf = (bytes: Buffer): string => bytes.toString(isUtf8(bytes) ? 'utf8' : 'latin1');
