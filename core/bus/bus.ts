import type { State, VillageState } from '../domain/state.ts';

/** What happened, told to whoever listens now. Truth is in the stores; an event only says that it changed. */
export type BusEvent =
  | {
      readonly type: 'device-state';
      readonly deviceId: string;
      readonly siteId: string;
      readonly regionCode: string;
      readonly state: State;
      readonly previous: State;
      readonly since: number;
    }
  | {
      readonly type: 'village-state';
      readonly regionCode: string;
      readonly state: VillageState;
      readonly previous: VillageState;
      readonly at: number;
    }
  | {
      readonly type: 'outage-opened' | 'outage-closed';
      readonly outageId: string;
      readonly deviceId: string;
      readonly siteId: string;
      readonly regionCode: string;
      readonly at: number;
    }
  | {
      readonly type: 'incident-opened' | 'incident-changed' | 'incident-closed';
      readonly incidentId: string;
      /** What all its places have in common; empty where they lie in several provinces. */
      readonly regionCode: string;
      readonly at: number;
    }
  | { readonly type: 'inventory-changed'; readonly regionCode: string; readonly at: number }
  /** Somebody asks for the end of a session of the captive portal. */
  | { readonly type: 'portal-end-asked'; readonly sessionId: string; readonly regionCode: string; readonly at: number };

/**
 * A word from one process to another about a question that somebody asked: unlike an event it is handed to no browser,
 * and lost where nobody listens.
 */
export type BusMessage =
  /** Ask a device now, and tell what it says. */
  | { readonly type: 'poll-asked'; readonly askId: string; readonly deviceId: string }
  /** The collector that watches it is at it. */
  | { readonly type: 'poll-taken'; readonly askId: string; readonly collector: string }
  /** A part of the answer, the first being 0. */
  | {
      readonly type: 'poll-answered';
      readonly askId: string;
      readonly collector: string;
      readonly part: number;
      readonly parts: number;
      readonly text: string;
    };

export interface Bus {
  publish(event: BusEvent): void;
  /** @returns a function that ends the subscription */
  subscribe(listener: (event: BusEvent) => void): () => void;
  send(message: BusMessage): void;
  /** @returns a function that ends it */
  hear(listener: (message: BusMessage) => void): () => void;
  close(): Promise<void>;
}
