import { MINUTE } from '../../core/domain/clock.ts';
import type { AttemptCount } from '../../core/stores/inventory/portal/attempts.ts';
import type { Entered, Entering, MethodTools } from '../method.ts';

/** Wrong tries before one must wait. No count is of an address: all citizens of a site share their gateway's. */
export const GUESSES = {
  mac: { most: 5, windowMs: 10 * MINUTE },
  gateway: { most: 50, windowMs: 10 * MINUTE },
  account: { most: 20, windowMs: 15 * MINUTE },
} as const;

type Outcome = { readonly isRight: boolean; readonly entered: Entered };

/**
 * Lets a try be made that could be a guess: it is counted before it is made, and no longer once it was right. A pause
 * that others caused at a gateway or for an account does not hold for a device that was online at this site before; its
 * own wrong tries always do.
 * @param accountHash keyed hash of the name that is tried, where there is one
 */
export async function guess(
  entering: Entering,
  { inventory, clock }: Pick<MethodTools, 'inventory' | 'clock'>,
  make: () => Promise<Outcome>,
  accountHash: string | null = null,
): Promise<Entered> {
  const { attempts } = inventory.portal;
  const at = clock();
  const own: AttemptCount = { who: `mac:${entering.macHash}`, ...GUESSES.mac };
  const counts: readonly AttemptCount[] = [
    own,
    { who: `gateway:${entering.gateway.id}`, ...GUESSES.gateway },
    ...(accountHash === null ? [] : [{ who: `account:${accountHash}`, ...GUESSES.account }]),
  ];
  let taken = counts;
  let waits = await attempts.take(taken, at);
  const isOthersPause = waits[0] === 0 && waits.some((wait) => wait > 0);
  if (isOthersPause && (await attempts.isKnownDevice(entering.macHash, entering.gateway.siteId))) {
    taken = [own];
    waits = await attempts.take(taken, at);
  }
  const retryAfterMs = Math.max(...waits);
  if (retryAfterMs > 0) return { kind: 'refused', refusal: 'pause', retryAfterMs };
  const giveBack = () =>
    attempts.giveBack(
      taken.map(({ who }) => who),
      at,
    );
  try {
    const { isRight, entered } = await make();
    if (isRight) await giveBack();
    return entered;
  } catch (error) {
    // Nothing was found out: it was no guess.
    await giveBack().catch(() => {});
    throw error;
  }
}
