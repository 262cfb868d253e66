/** What is known of an agent's engine: its name and its clock (RFC 3414, section 2.3). */
export class Engine {
  readonly id: Uint8Array;
  #boots: number;
  /** Its time when `#seenAt` was ours. */
  #time: number;
  #seenAt: number;

  /** @param nowMs of a clock that only runs forward */
  constructor(id: Uint8Array, boots: number, time: number, nowMs: number) {
    this.id = new Uint8Array(id);
    this.#boots = boots;
    this.#time = time;
    this.#seenAt = nowMs;
  }

  get boots(): number {
    return this.#boots;
  }

  time(nowMs: number): number {
    return Math.min(MAX_TIME, this.#time + Math.floor((nowMs - this.#seenAt) / 1000));
  }

  /**
   * Takes note of the clock in an authenticated message.
   * @returns false where the message was sent long ago, or before the agent's last start: it may be a repeat
   */
  follow(boots: number, time: number, nowMs: number): boolean {
    if (boots === MAX_BOOTS || boots < this.#boots) return false;
    const expected = this.time(nowMs);
    if (boots === this.#boots && time < expected - WINDOW_S) return false;
    if (boots > this.#boots || time > expected) {
      this.#boots = boots;
      this.#time = time;
      this.#seenAt = nowMs;
    }
    return true;
  }
}

/** RFC 3414, section 2.2.3. */
const WINDOW_S = 150;
const MAX_BOOTS = 2 ** 31 - 1;
const MAX_TIME = 2 ** 31 - 1;
