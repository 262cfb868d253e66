import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { ListedLink } from '../../../core/contract/links.ts';
import { LINK_HEALTHS, type LinkHealth } from '../../../core/domain/link-health.ts';
import { linksQuery } from '../../api/queries.ts';
import { useTexts } from '../../i18n/texts.tsx';
import { Answer, Skeleton } from '../Screen.tsx';
import { LinkPanel, LinkTerms } from './LinkPanel.tsx';
import { LinkWord } from './LinkWord.tsx';
import './link.css';

/** Shown in full; a place with more shows the others as rows. */
const MOST_PANELS = 4;
const FIRST_ROWS = 8;
/** Worst first. */
const ORDER: readonly LinkHealth[] = ['bad', 'watch', 'unknown', 'good'];
const rank = ({ state, health }: ListedLink): number => (state === 'down' ? -1 : ORDER.indexOf(health));
const byHealth = (a: ListedLink, b: ListedLink): number => rank(a) - rank(b);

function Rows({ links }: { readonly links: readonly ListedLink[] }) {
  const { t, f } = useTexts();
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? links : links.slice(0, FIRST_ROWS);
  return (
    <>
      <ul className="link-rows">
        {shown.map((link) => (
          <li key={link.id}>
            <LinkWord link={link} quiet={link.health === LINK_HEALTHS[0]} />
            <span className="link-row-text">
              {link.fromSiteId === null ? (
                link.name
              ) : (
                <Link to="/sites/$siteId" params={{ siteId: link.fromSiteId }} className="plain">
                  {link.name}
                </Link>
              )}
              <span className="small secondary">
                <LinkTerms link={link} />
              </span>
            </span>
          </li>
        ))}
      </ul>
      {shown.length < links.length && (
        <button type="button" className="button" onClick={() => setWhole(true)}>
          {t.link.more(f.number(links.length))}
        </button>
      )}
    </>
  );
}

/** The links of a site, its own in full; or those that a device measures. Nothing where there are none. */
export function LinkSection({ of }: { readonly of: Parameters<typeof linksQuery>[0] }) {
  const { t } = useTexts();
  const query = useQuery(linksQuery(of));
  if (query.data?.items.length === 0) return null;
  return (
    <section className="link-section">
      <h2>{t.link.title}</h2>
      <Answer query={query} what={t.link.title} waiting={<Skeleton rows={3} />}>
        {({ items }) => {
          const own = items
            .filter(({ fromSiteId }) => !('siteId' in of) || fromSiteId === of.siteId)
            .toSorted(byHealth);
          const panels = own.slice(0, MOST_PANELS);
          const others = items.filter((link) => !panels.includes(link)).toSorted(byHealth);
          return (
            <>
              {panels.map((link) => (
                <LinkPanel key={link.id} link={link} />
              ))}
              {others.length > 0 && (
                <>
                  {panels.length > 0 && <h3 className="link-others">{t.link.others}</h3>}
                  <Rows links={others} />
                </>
              )}
            </>
          );
        }}
      </Answer>
    </section>
  );
}
