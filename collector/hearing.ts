/** What a listener heard of a device that tells of itself. */
export type Heard = {
  /** When it last spoke, UTC ms; a message that the broker had kept does not count. */
  readonly at: number;
  /** Whether its last word was goodbye: its will, or an `offline`. */
  readonly isGone: boolean;
};

/** The memory of listeners, by device; the probe `mqtt` answers from it whether a device lives. */
export type Hearing = {
  last(deviceId: string): Heard | undefined;
  note(deviceId: string, heard: Heard): void;
  forget(deviceId: string): void;
  /** Since when nothing can have been missed, UTC ms; null while nothing can be heard. */
  since(): number | null;
  hearsSince(at: number | null): void;
};

export function createHearing(): Hearing {
  const heard = new Map<string, Heard>();
  let from: number | null = null;
  return {
    last: (deviceId) => heard.get(deviceId),
    note: (deviceId, what) => void heard.set(deviceId, what),
    forget: (deviceId) => void heard.delete(deviceId),
    since: () => from,
    hearsSince(at) {
      from = at;
    },
  };
}
