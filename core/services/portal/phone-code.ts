import { randomInt } from 'node:crypto';
import { ChannelError } from '../../delivery/channel-error.ts';
import { MINUTE } from '../../domain/clock.ts';
import { dayOf, dayStart } from '../../domain/portal/day.ts';
import type { Log } from '../../log/log.ts';
import type { CodePurpose } from '../../stores/inventory/portal/phone-codes.ts';
import { alarmAt, readPhoneLimits, storeLimits } from './phone-limits.ts';
import type { PortalParts } from './portal-parts.ts';

export const CODE_DIGITS = 6;
export const CODE_LIFE_MS = 10 * MINUTE;
/** One code in a million and five tries: guessing is hopeless however many codes are asked for. */
const MOST_TRIES = 5;
const GRACE_MS = 2 * MINUTE;

export type CodeAsked =
  /** The same for every number, whether a text leaves or not. */
  { readonly kind: 'asked'; readonly id: string } | { readonly kind: 'too-many-numbers' } | { readonly kind: 'budget' };

/** What went wrong on the way to the telephone: then the number may have another one. After a timeout it may have come. */
const NOT_SENT: ReadonlySet<string> = new Set([
  'unreachable',
  'tls',
  'rate-limited',
  'sign-in',
  'recipient',
  'refused',
  'settings',
]);

export type CodeRequest = {
  readonly purpose: CodePurpose;
  /** `+62…`, as `indonesianMobile` gives it; it goes to the provider and is kept nowhere. */
  readonly phone: string;
  readonly macHash: string;
  readonly gatewayId: string | null;
  readonly siteId: string | null;
  /** Instead of the site's budget in the settings. */
  readonly perSiteDay?: number;
  /** Hands the text to a provider. @throws ChannelError */
  readonly send: (code: string, id: string) => Promise<void>;
};

/**
 * Sends a code to a number, if the limits leave room. The answer does not wait for the provider: how long it takes
 * would tell which numbers get none.
 */
export async function askPhoneCode(parts: PortalParts & { readonly log: Log }, asked: CodeRequest): Promise<CodeAsked> {
  const { inventory, keys, clock, zone, log } = parts;
  const { phoneCodes, attempts } = inventory.portal;
  const { purpose, phone, macHash, gatewayId, siteId } = asked;
  const at = clock();
  const stored = await readPhoneLimits(inventory);
  const limits = { ...stored, perSiteDay: asked.perSiteDay ?? stored.perSiteDay };
  const code = String(randomInt(10 ** CODE_DIGITS)).padStart(CODE_DIGITS, '0');
  const answer = await phoneCodes.ask(
    {
      purpose,
      phoneHash: keys.hash('phone', phone),
      macHash,
      gatewayId,
      siteId,
      at,
      expiresAt: at + CODE_LIFE_MS,
      dayStart: dayStart(dayOf(at, zone), zone),
      isKnownDevice: siteId !== null && (await attempts.isKnownDevice(macHash, siteId)),
      codeHashOf: (id) => keys.hash('code', `${id} ${code}`),
    },
    storeLimits(limits),
  );
  if (answer.kind !== 'asked') return answer.kind === 'budget' ? { kind: 'budget' } : answer;
  if (answer.isNew) alarmAt(answer.spent, limits, siteId, log);
  if (answer.send) void deliver(parts, asked, code, answer.id);
  return { kind: 'asked', id: answer.id };
}

async function deliver(
  { inventory, log }: Pick<PortalParts, 'inventory'> & { readonly log: Log },
  { send, siteId }: CodeRequest,
  code: string,
  id: string,
): Promise<void> {
  try {
    await send(code, id);
  } catch (error) {
    const isKnown = error instanceof ChannelError;
    const failure = isKnown ? error.failure : 'settings';
    log.warn({ siteId, failure, detail: isKnown ? error.detail : 'it does not open' }, 'a telephone code was not sent');
    if (!NOT_SENT.has(failure)) return;
    await inventory.portal.phoneCodes.notSent(id).catch((reason: unknown) => {
      log.warn(
        { siteId, reason: reason instanceof Error ? reason.name : 'unknown' },
        'a telephone code was not unmarked',
      );
    });
  }
}

/** @returns keyed hash of the number; null for a wrong code, one that is too old, and one that was never sent alike */
export async function checkPhoneCode(
  { inventory, keys, clock }: Omit<PortalParts, 'zone'>,
  tried: { readonly id: string; readonly purpose: CodePurpose; readonly macHash: string; readonly code: string },
): Promise<string | null> {
  const digits = tried.code.replace(/\D/g, '');
  if (!UUID.test(tried.id) || digits.length !== CODE_DIGITS) return null;
  const checked = await inventory.portal.phoneCodes.check({
    id: tried.id,
    purpose: tried.purpose,
    macHash: tried.macHash,
    codeHash: keys.hash('code', `${tried.id} ${digits}`),
    at: clock(),
    mostTries: MOST_TRIES,
    graceMs: GRACE_MS,
  });
  return checked?.phoneHash ?? null;
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
