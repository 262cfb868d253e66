import type { Cause } from '../domain/incident.ts';
import type { Zone } from '../domain/zone.ts';

export type Language = 'id' | 'en';

/** What a message says of an incident; plain JSON, kept with the message. Moments in UTC ms. */
export type IncidentFacts = {
  readonly incidentId: string;
  /** Name of the site, link or device that it is about. */
  readonly name: string;
  /** Where that is, nearest first: `Gelumbang, Kabupaten Muara Enim`. Empty where nothing is known. */
  readonly place: string;
  readonly state: 'down' | 'degraded' | 'flapping';
  readonly cause: Cause;
  /** 0..1; said only where it is more than 0. */
  readonly confidence: number;
  readonly startedAt: number;
  /** How much is affected, what it is about included. */
  readonly sites: number;
  readonly devices: number;
  /** Whose time its moments are told in; that of the sender where nothing is said. */
  readonly zone?: Zone['label'];
};

export type MessageEvent =
  | {
      readonly type: 'incident-opened';
      readonly incident: IncidentFacts;
      readonly link?: string;
      /** The link is for somebody at the place, who is asked to look. */
      readonly asksOfficer?: boolean;
    }
  | {
      readonly type: 'incident-recovered';
      readonly incident: IncidentFacts;
      readonly endedAt: number;
      readonly link?: string;
    }
  | {
      readonly type: 'incident-escalated';
      readonly incident: IncidentFacts;
      /** When it was escalated. */
      readonly at: number;
      /** 1 = the first step after those who heard of it at once. */
      readonly step: number;
      readonly acknowledgedBy: string | null;
      readonly link?: string;
      readonly asksOfficer?: boolean;
    }
  | { readonly type: 'test'; readonly channelName: string; readonly at: number };
