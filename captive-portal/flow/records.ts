import { AppError } from '../../core/domain/errors.ts';
import { together } from '../../core/services/portal/together.ts';
import type { NewConsent } from '../../core/stores/inventory/portal/consents.ts';
import type { NewLogin } from '../../core/stores/inventory/portal/logins.ts';
import type { PortalParts } from '../parts.ts';

const LIMITS = { most: 200, mostWaiting: 5_000, atOnce: 2 };

export type Records = ReturnType<typeof records>;

/**
 * What each click writes down; those that come together share a statement. Each call resolves once its own is stored.
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
  const newConsents = together((batch: readonly NewConsent[]) => consents.addAll(batch), LIMITS);
  return {
    addLogin: (login: NewLogin, day: string): Promise<void> => newLogins.add({ login, day }),
    async addConsent(consent: NewConsent): Promise<void> {
      const id = await newConsents.add(consent);
      if (id === null) throw new AppError('not-found', 'there is no such version of the terms');
    },
    async drain(): Promise<void> {
      await Promise.all([newLogins.drain(), newConsents.drain()]);
    },
  };
}
