const STARTUP_VERSION = 196_608;
/** 'S' Sync, 'Q' Query, 'H' Flush, 'X' Terminate: after these the client waits for an answer or is gone. */
const ENDS_UNIT = new Set([0x53, 0x51, 0x48, 0x58]);
export const TERMINATE = 0x58;
export const FLUSH = 0x48;

/** One or more whole frontend messages that must be run without another client's in between. */
export type Unit = {
  readonly bytes: Uint8Array;
  /** Type byte of the last message; 0 for the startup message. */
  readonly last: number;
};

/**
 * Cuts what a PostgreSQL client sends (protocol 3.0, without TLS) into units: Parse, Bind, Describe, Execute and Sync
 * belong together, since all clients of PGlite share one unnamed statement and one portal.
 */
export class UnitReader {
  #pending: Uint8Array[] = [];
  #pendingBytes = 0;
  #needed = 5;
  #started = false;
  /** Bytes at the head of the pending ones that are whole messages already. */
  #whole = 0;

  push(chunk: Uint8Array): readonly Unit[] {
    this.#pending.push(chunk);
    this.#pendingBytes += chunk.length;
    if (this.#pendingBytes < this.#needed) return [];
    return this.#cut(this.#pending.length === 1 ? chunk : Buffer.concat(this.#pending, this.#pendingBytes));
  }

  #cut(bytes: Uint8Array): readonly Unit[] {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const units: Unit[] = [];
    let from = 0;
    let at = this.#whole;
    for (;;) {
      const length = this.#messageLength(view, at);
      if (length === null || at + length > bytes.length) {
        this.#needed = at + (length ?? 8) - from;
        break;
      }
      const last = this.#started ? view.getUint8(at) : 0;
      this.#started = true;
      at += length;
      if (last !== 0 && !ENDS_UNIT.has(last)) continue;
      units.push({ bytes: bytes.slice(from, at), last });
      from = at;
    }
    const rest = bytes.subarray(from);
    this.#pending = rest.length === 0 ? [] : [rest];
    this.#pendingBytes = rest.length;
    this.#whole = at - from;
    return units;
  }

  /** @returns `null` while the length itself has not come yet */
  #messageLength(view: DataView, at: number): number | null {
    if (!this.#started) {
      if (view.byteLength < at + 8) return null;
      if (view.getInt32(at + 4) !== STARTUP_VERSION) throw new Error('the client does not speak protocol 3.0');
      return view.getInt32(at);
    }
    return view.byteLength < at + 5 ? null : 1 + view.getInt32(at + 1);
  }
}
