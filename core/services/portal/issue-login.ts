import { randomBytes } from 'node:crypto';
import { SECOND } from '../../domain/clock.ts';
import { dayOf, monthStartDay } from '../../domain/portal/day.ts';
import { decide } from '../../domain/portal/decide.ts';
import type { Grant, Refusal } from '../../domain/portal/grant.ts';
import type { Asked, LoginStore, NewLogin } from '../../stores/inventory/portal/logins.ts';
import type { Sql } from '../../stores/inventory/sql.ts';
import type { PortalParts } from './portal-parts.ts';

export type LoginAsked = {
  readonly gateway: { readonly id: string; readonly siteId: string };
  /** Of the device; the gateway must name the same one when it asks. */
  readonly macHash: string;
  readonly method: string;
  /** Whom quotas count against. */
  readonly subjectHash: string;
  readonly planId: string | null;
  readonly consentId: string | null;
  /** When the page was first opened, UTC ms. */
  readonly arrivedAt: number;
  /** Until when the device enters again without a page, UTC ms; null = never. */
  readonly reentryUntil: number | null;
  /** Not beyond this moment, whatever the plan says, UTC ms. */
  readonly notAfter?: number | undefined;
};

export type LoginIssued =
  | {
      readonly kind: 'login';
      readonly id: string;
      readonly password: string;
      readonly grant: Grant;
      readonly expiresAt: number;
    }
  /** `opensAt`: minutes since midnight, with `closed`. */
  | { readonly kind: 'refused'; readonly refusal: Refusal; readonly opensAt?: number };

/** From the button to the gateway's question. */
export const LOGIN_LIFE_MS = 120 * SECOND;

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';
export const LOGIN_ID = /^[a-z2-7]{26}$/;

/** 128 random bits as 26 characters of base32 (RFC 4648, lower case, no padding). */
function newLoginId(): string {
  const bits = BigInt(`0x${randomBytes(16).toString('hex')}`) << 2n;
  return Array.from({ length: 26 }, (_, i) => BASE32[Number((bits >> BigInt(125 - 5 * i)) & 31n)]).join('');
}

/**
 * Decides by plan, hours and use, and writes a one-time login down: single use, for this gateway and device, valid for
 * `LOGIN_LIFE_MS`. A plan with a limit of devices counts those of one person one after the other.
 * @throws AppError `store-unavailable`; `conflict` where the gateway went meanwhile
 */
export async function issueLogin(
  parts: PortalParts & {
    /** How it is looked up and written down outside a transaction: each by itself where these are not given. */
    readonly standing?: (asked: Asked) => ReturnType<LoginStore['standing']>;
    readonly addLogin?: (login: NewLogin, day: string) => Promise<void>;
  },
  asked: LoginAsked,
): Promise<LoginIssued> {
  const { inventory, keys, clock, zone } = parts;
  const { logins, days } = inventory.portal;
  const { gateway, macHash, method, subjectHash, planId, consentId, arrivedAt } = asked;
  const at = clock();
  const day = dayOf(at, zone);
  const siteId = gateway.siteId;

  async function judged(within?: Sql): Promise<LoginIssued> {
    const standing = { subjectHash, macHash, planId, at, day, monthStart: monthStartDay(at, zone) };
    const look = within === undefined && parts.standing !== undefined ? parts.standing : logins.standing;
    const { plan, usage } = await look(standing, within);
    // Two devices that come at the same moment must not both be the last one.
    if (within === undefined && plan !== null && plan.devices !== null) {
      return await inventory.sql.transaction(async (tx) => {
        await logins.lockSubject(subjectHash, tx);
        return await judged(tx);
      });
    }
    const decision = decide(plan, usage, at, zone, { notAfter: asked.notAfter });
    if (decision.kind === 'refused') {
      await days.add([{ day, siteId, method, refusals: 1 }], within);
      return decision;
    }
    const { grant } = decision;
    const id = newLoginId();
    const expiresAt = at + LOGIN_LIFE_MS;
    const stored = asked.notAfter === undefined ? grant : { ...grant, notAfter: asked.notAfter };
    const login = { id, gatewayId: gateway.id, siteId, macHash, method, subjectHash, planId, consentId };
    const reentryUntil =
      asked.reentryUntil === null ? null : Math.min(asked.reentryUntil, asked.notAfter ?? Number.POSITIVE_INFINITY);
    const added: NewLogin = { ...login, grant: stored, arrivedAt, issuedAt: at, expiresAt, reentryUntil };
    if (within === undefined && parts.addLogin !== undefined) await parts.addLogin(added, day);
    else await logins.add([added], day, within);
    return { kind: 'login', id, password: keys.passwordOf(id), grant, expiresAt };
  }

  return await judged();
}
