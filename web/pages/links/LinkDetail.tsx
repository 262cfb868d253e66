import { Link } from '@tanstack/react-router';
import type { ListedLink } from '../../../core/contract/links.ts';
import { LinkPanel } from '../../components/link/LinkPanel.tsx';
import { maySeeCosts, useAccount } from '../../frame/account.ts';
import { useLinksTexts } from './texts.ts';

/** One link in full, with the ways from it. */
export function LinkDetail({ link }: { readonly link: ListedLink }) {
  const { p } = useLinksTexts();
  const account = useAccount();
  const { id, fromSiteId, fromSiteName, toSiteId, toSiteName } = link;
  const ends = [
    { id: fromSiteId, name: fromSiteName },
    { id: toSiteId, name: toSiteName },
  ];
  return (
    <>
      <LinkPanel link={link} />
      <nav className="links-ways" aria-label={p.ways}>
        {ends.map(
          (end) =>
            end.id !== null && (
              <Link key={end.id} to="/sites/$siteId" params={{ siteId: end.id }}>
                {end.name}
              </Link>
            ),
        )}
        <Link to="/topology" search={{ link: id }}>
          {p.onTopology}
        </Link>
        {account !== null && maySeeCosts(account) && fromSiteId !== null && (
          <Link to="/links/$linkId/terms" params={{ linkId: id }}>
            {p.terms}
          </Link>
        )}
      </nav>
    </>
  );
}
