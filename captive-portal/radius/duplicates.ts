import type { Packet } from './packet.ts';

type Entry = { readonly authenticator: Buffer; readonly since: number; answer: Buffer | null };

/** A request that is being worked on; its answer is kept for those who ask again. */
export type Pending = {
  /** False where another request took its place meanwhile: nobody waits for the answer any more. */
  answer(octets: Buffer): boolean;
  /** No answer came of it: the next one like it is worked on anew. */
  forget(): void;
};

/**
 * Requests that came before (RFC 5080 section 2.2.2), bounded per NAS, so that none pushes out another's, and in age.
 * Only packets that proved who sent them may come here.
 */
export type Duplicates = {
  /** @returns the answer of the same request, `pending`, or `new`; another request under the same key is purged */
  look(nasId: string, asker: string, packet: Packet, now: number): Buffer | 'pending' | 'new';
  begin(nasId: string, asker: string, packet: Packet, now: number): Pending;
  /** Drops what is too old; to be called now and then for those that fell silent. */
  sweep(now: number): void;
  size(): number;
};

/**
 * @param maxPerNas entries of one NAS; its oldest goes first
 * @param maxAgeMs for so long an answer is given again
 */
export function createDuplicates(maxPerNas: number, maxAgeMs: number): Duplicates {
  // A Map keeps the order of insertion, and entries never change their place: the first is always the oldest.
  const byNas = new Map<string, Map<string, Entry>>();

  function dropOld(entries: Map<string, Entry>, now: number): void {
    for (const [key, { since }] of entries) {
      if (now - since < maxAgeMs && entries.size < maxPerNas) return;
      entries.delete(key);
    }
  }

  const keyOf = (asker: string, { id }: Packet): string => `${asker}|${id}`;

  return {
    look(nasId, asker, packet, now) {
      const entries = byNas.get(nasId);
      const key = keyOf(asker, packet);
      const entry = entries?.get(key);
      if (entries === undefined || entry === undefined) return 'new';
      if (now - entry.since >= maxAgeMs || !entry.authenticator.equals(packet.authenticator)) {
        entries.delete(key);
        return 'new';
      }
      return entry.answer ?? 'pending';
    },
    begin(nasId, asker, packet, now) {
      const entries = byNas.get(nasId) ?? new Map<string, Entry>();
      byNas.set(nasId, entries);
      dropOld(entries, now);
      const key = keyOf(asker, packet);
      const entry: Entry = { authenticator: Buffer.from(packet.authenticator), since: now, answer: null };
      entries.delete(key);
      entries.set(key, entry);
      const isCurrent = () => {
        const current = entries.get(key);
        return current === undefined || current === entry;
      };
      return {
        answer(octets) {
          if (!isCurrent()) return false;
          entry.answer = octets;
          return true;
        },
        forget() {
          if (entries.get(key) === entry) entries.delete(key);
        },
      };
    },
    sweep(now) {
      for (const [nasId, entries] of byNas) {
        dropOld(entries, now);
        if (entries.size === 0) byNas.delete(nasId);
      }
    },
    size: () => [...byNas.values()].reduce((sum, { size }) => sum + size, 0),
  };
}
