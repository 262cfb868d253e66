import type { ListenerStats } from '../listener.ts';
import type { Message, Outgoing } from './format.ts';
import type { Speaker } from './roster.ts';

/** Where messages come from: our own broker, or one elsewhere. */
export type MessageSource = {
  /** Lost without a word while nobody can hear it. */
  send(message: Outgoing): void;
  /** The roster changed: other topics, other credentials. */
  rosterChanged(): void;
  stats(): ListenerStats;
  close(): Promise<void>;
};

export type SourceEvents = {
  readonly message: (message: Omit<Message, 'at'>) => void;
  /** All topics are heard from now on, or none any more. */
  readonly hearing: (canHear: boolean) => void;
  /** Devices came that may not know yet what they are asked. */
  readonly joined: (speakers: readonly Speaker[]) => void;
};
