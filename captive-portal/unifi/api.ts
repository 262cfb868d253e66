import type { Secret } from '../../core/config/secret.ts';
import type { Grant } from '../../core/domain/portal/grant.ts';
import { wholeUnits } from '../family/limits.ts';

export type Settings = {
  readonly controllerUrl: string;
  readonly api: 'classic' | 'official';
  readonly site?: string;
  readonly user?: string;
  readonly password?: Secret;
  readonly apiKey?: Secret;
  readonly certificateSha256?: string;
};

/** A client of the site as either API tells it. */
export type Guest = {
  readonly mac: string;
  readonly ip: string | null;
  readonly isGuest: boolean;
  readonly isAuthorized: boolean;
  /** Of its present connection: seconds, octets from it and to it. */
  readonly seconds: number;
  readonly upOctets: number;
  readonly downOctets: number;
};

/** What a portal asks of a controller. Each @throws AppError `store-unavailable` where it does not answer. */
export type GuestApi = {
  /** The client, or null where the controller does not know it. */
  guest(mac: string): Promise<Guest | null>;
  guests(): Promise<readonly Guest[]>;
  authorize(mac: string, grant: Grant, apMac: string | null): Promise<void>;
  /** @returns false where the controller does not know it any more */
  unauthorize(mac: string): Promise<boolean>;
};

const DAY_MINUTES = 1_440;
/** The controller knows no session without an end, and takes whole minutes and MB of 2^20. */
export const minutesOf = (grant: Grant): number =>
  grant.seconds === null ? DAY_MINUTES : wholeUnits(grant.seconds, 60);
export const megabytesOf = (octets: number): number => wholeUnits(octets, 1_048_576);
