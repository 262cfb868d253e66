import { AppError } from '../../core/domain/errors.ts';
import { together } from '../../core/services/portal/together.ts';
import type { NewConsent } from '../../core/stores/inventory/portal/consents.ts';
import type { Asked, LoginStore, NewLogin } from '../../core/stores/inventory/portal/logins.ts';
import type { PortalParts } from '../parts.ts';

type Standing = Awaited<ReturnType<LoginStore['standing']>>;

const LIMITS = { most: 200, mostWaiting: 5_000, atOnce: 2 };

export type Records = ReturnType<typeof records>;

/**
 * What each click looks up and writes down; those that come together share a statement. Each call resolves once its own is stored.
 * @throws AppError `store-unavailable`, also when more waits than is taken on
 */
export function records({ inventory }: Pick<PortalParts, 'inventory'>) {
  const { logins, consents } = inventory.portal;
  const newLogins = together(async (batch: readonly { readonly login: NewLogin; readonly day: string }[]) => {
    for (const day of new Set(batch.map((one) => one.day)))
      await logins.add(
        batch.filter((one) => one.day === day).map(({ login }) => login),
        day,
      );
    return batch.map(() => undefined);
  }, LIMITS);
  const standings = together(async (batch: readonly Asked[]) => {
    const found = new Map<Asked, Standing>();
    for (const day of new Set(batch.map((one) => one.day))) {
      const ofDay = batch.filter((one) => one.day === day);
      const { at, monthStart } = ofDay[0] as Asked;
      const results = await logins.standings(ofDay, { at, day, monthStart });
      for (const [n, one] of ofDay.entries()) found.set(one, results[n] as Standing);
    }
    return batch.map((one) => found.get(one) as Standing);
  }, LIMITS);
  const newConsents = together((batch: readonly NewConsent[]) => consents.addAll(batch), LIMITS);
  return {
    standing: (asked: Asked): Promise<Standing> => standings.add(asked),
    addLogin: (login: NewLogin, day: string): Promise<void> => newLogins.add({ login, day }),
    async addConsent(consent: NewConsent): Promise<void> {
      const id = await newConsents.add(consent);
      if (id === null) throw new AppError('not-found', 'there is no such version of the terms');
    },
    async drain(): Promise<void> {
      await Promise.all([standings.drain(), newLogins.drain(), newConsents.drain()]);
    },
  };
}
