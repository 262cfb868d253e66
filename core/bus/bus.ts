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

export interface Bus {
  publish(event: BusEvent): void;
  /** @returns a function that ends the subscription */
  subscribe(listener: (event: BusEvent) => void): () => void;
  close(): Promise<void>;
}
