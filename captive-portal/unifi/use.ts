import { createHmac } from 'node:crypto';
import type { Grant } from '../../core/domain/portal/grant.ts';
import type { FamilyTools, UseReport } from '../gateway.ts';
import type { Guest, GuestApi } from './api.ts';

/** Sessions of one gateway that are followed at once. */
const MOST = 5_000;
const SETTLING_MS = 60_000;

/**
 * How far a session was counted. The controller counts from a client's last association on, and begins anew with the
 * next: what was before is kept here, for as long as the process lives.
 */
type Counted = {
  readonly upBefore: number;
  readonly downBefore: number;
  readonly up: number;
  readonly down: number;
  readonly startedAt: number;
  readonly mac: string;
};

const keyOf = (gatewayId: string, mac: string, signing: Buffer): string =>
  createHmac('sha256', signing).update(`unifi ${gatewayId} ${mac}`).digest('base64url').slice(0, 22);

function countedIn(kept: FamilyTools['kept'], gatewayId: string): Map<string, Counted> {
  const name = `unifi use ${gatewayId}`;
  const known = kept.get(name) as Map<string, Counted> | undefined;
  if (known !== undefined) return known;
  const fresh = new Map<string, Counted>();
  kept.set(name, fresh);
  return fresh;
}

/** A guest was let in: its use is told from now on. What it used before counts for nobody. */
export async function followed(
  gatewayId: string,
  guest: Guest,
  login: { readonly id: string; readonly grant: Grant },
  { awaited, signing, clock, kept, account }: FamilyTools,
): Promise<void> {
  const key = keyOf(gatewayId, guest.mac, signing);
  await awaited.put(gatewayId, key, login.grant, login.id);
  countedIn(kept, gatewayId).set(key, {
    upBefore: -guest.upOctets,
    downBefore: -guest.downOctets,
    up: guest.upOctets,
    down: guest.downOctets,
    startedAt: clock(),
    mac: guest.mac,
  });
  await account({ ...reportOf(gatewayId, login.id, guest.mac, guest.ip), status: 'start' });
}

const reportOf = (gatewayId: string, loginId: string, mac: string | null, ip: string | null): UseReport => ({
  gatewayId,
  loginId,
  mac,
  ip,
  status: 'interim',
  seconds: 0,
  upOctets: 0n,
  downOctets: 0n,
  cause: null,
});

/** What the guests used that we let in; those that the controller does not have any more have ended. */
export async function pollGuests(
  gatewayId: string,
  api: GuestApi,
  { awaited, signing, clock, kept }: FamilyTools,
): Promise<readonly UseReport[]> {
  const following = await awaited.list(gatewayId, MOST);
  if (following.length === 0) return [];
  const guests = new Map(
    (await api.guests())
      .filter(({ isAuthorized }) => isAuthorized)
      .map((guest) => [keyOf(gatewayId, guest.mac, signing), guest]),
  );
  const counted = countedIn(kept, gatewayId);
  const now = clock();
  const ended: string[] = [];
  return await told();

  async function told(): Promise<readonly UseReport[]> {
    const reports = following.flatMap(({ key, loginId }) => reportFor(key, loginId) ?? []);
    await awaited.taken(gatewayId, ended);
    return reports;
  }

  function reportFor(key: string, loginId: string): UseReport | null {
    const guest = guests.get(key);
    const last = counted.get(key);
    // A controller shows a guest a moment after it let them in.
    if (guest === undefined && last !== undefined && now - last.startedAt < SETTLING_MS) return null;
    const seen = guest === undefined ? last : next(last, guest, now);
    if (guest === undefined) {
      ended.push(key);
      counted.delete(key);
    } else if (seen !== undefined) counted.set(key, seen);
    return {
      ...reportOf(gatewayId, loginId, guest?.mac ?? last?.mac ?? null, guest?.ip ?? null),
      status: guest === undefined ? 'stop' : 'interim',
      seconds: seen === undefined ? 0 : Math.max(0, Math.floor((now - seen.startedAt) / 1_000)),
      upOctets: BigInt(Math.max(0, seen === undefined ? 0 : seen.upBefore + seen.up)),
      downOctets: BigInt(Math.max(0, seen === undefined ? 0 : seen.downBefore + seen.down)),
      cause: guest === undefined ? 'Session-Timeout' : null,
    };
  }
}

function next(last: Counted | undefined, { mac, upOctets, downOctets, seconds }: Guest, now: number): Counted {
  // After a restart of ours nothing is known of before: the present connection is what can be told.
  if (last === undefined)
    return { upBefore: 0, downBefore: 0, up: upOctets, down: downOctets, startedAt: now - seconds * 1_000, mac };
  return {
    upBefore: last.upBefore + (upOctets < last.up ? last.up : 0),
    downBefore: last.downBefore + (downOctets < last.down ? last.down : 0),
    up: upOctets,
    down: downOctets,
    startedAt: last.startedAt,
    mac,
  };
}
