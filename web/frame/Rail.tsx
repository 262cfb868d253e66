import { Link, type LinkProps } from '@tanstack/react-router';
import type { Account } from '../../core/contract/session.ts';
import type { Dictionary } from '../i18n/id.ts';
import { useTexts } from '../i18n/texts.tsx';
import { AccountMenu } from './AccountMenu.tsx';
import { mayEditInventory, maySeeCosts } from './account.ts';
import { Icon } from './icons.tsx';

type Nav = Dictionary['nav'];

type Item = {
  readonly to: NonNullable<LinkProps['to']>;
  readonly icon: Parameters<typeof Icon>[0]['name'];
  readonly word: { [Word in keyof Nav]: Nav[Word] extends string ? Word : never }[keyof Nav];
  /** Not on a phone, where there is room for five with the account. */
  readonly isWideOnly?: boolean;
};

const OUTAGES: Item = { to: '/outages', icon: 'outages', word: 'outages' };
const DEVICES: Item = { to: '/devices', icon: 'devices', word: 'devices' };

/** What the role may open and no more: the server refuses the rest. An agency's lists are narrowed to it. */
function itemsFor(account: Account, mayEdit: boolean): readonly Item[] {
  if (account.role === 'agency') return [{ to: '/agency', icon: 'now', word: 'agency' }, OUTAGES, DEVICES];
  const plans = account.role === 'planner' || account.role === 'viewer';
  return [
    ...(mayEdit ? [{ to: '/', icon: 'now', word: 'now' } as const] : []),
    { to: '/map', icon: 'map', word: 'map' },
    plans
      ? { to: '/coverage', icon: 'regencies', word: 'coverage' }
      : { to: '/regencies', icon: 'regencies', word: 'regencies', isWideOnly: mayEdit },
    OUTAGES,
    DEVICES,
    { to: '/topology', icon: 'topology', word: 'topology', isWideOnly: true },
    { to: '/portal', icon: 'portal', word: 'portal', isWideOnly: true },
    ...(maySeeCosts(account)
      ? [{ to: '/statements', icon: 'statements', word: 'statements', isWideOnly: true } as const]
      : []),
    ...(mayEdit ? [{ to: '/system', icon: 'system', word: 'system', isWideOnly: true } as const] : []),
  ];
}

/** Left on a desk, below on a phone. */
export function Rail({ account }: { readonly account: Account }) {
  const { t } = useTexts();
  const mayEdit = mayEditInventory(account);
  return (
    <nav className="rail" aria-label={t.nav.label}>
      {itemsFor(account, mayEdit).map(({ to, icon, word, isWideOnly = false }) => (
        <Link
          key={to}
          to={to}
          className={isWideOnly ? 'rail-item wide-only' : 'rail-item'}
          activeOptions={{ exact: to === '/', includeSearch: false }}
        >
          <Icon name={icon} />
          {t.nav[word]}
        </Link>
      ))}
      <AccountMenu account={account} mayEdit={mayEdit} />
    </nav>
  );
}
