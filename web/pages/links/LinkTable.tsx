import { Link } from '@tanstack/react-router';
import { Fragment } from 'react';
import type { ListedLink, Load } from '../../../core/contract/links.ts';
import { SinceCell } from '../../components/Moments.tsx';
import { StateWord } from '../../components/StateMark.tsx';
import { Table } from '../../components/Table.tsx';
import { LinkDetail } from './LinkDetail.tsx';
import { useLinksTexts } from './texts.ts';

const COLUMNS = 7;

/** From which share of the contract on a load stands out, as the health of a link has it. */
const BUSY = 0.8;
const FULL = 0.95;

function LoadCell({ load }: { readonly load: Load | null }) {
  const { f, p } = useLinksTexts();
  if (load === null) return <span className="muted">–</span>;
  const rate = f.bitRate(load.bps);
  const { share } = load;
  const health = share === null || share < BUSY ? 'good' : share < FULL ? 'watch' : 'bad';
  return (
    <span className="links-load" data-tip={share === null ? p.loadHint : p.ofContract(f.percent(share, 0))}>
      <span>
        {rate.value} <span className="unit">{rate.unit}</span>
      </span>
      {share !== null && (
        <>
          <svg width="48" height="8" aria-hidden="true">
            <rect width="48" height="8" className="use-track" />
            <rect width={48 * Math.min(1, share)} height="8" className={`use-fill use-${health}`} />
          </svg>
          <span className="hidden-visually">{p.ofContract(f.percent(share, 0))}</span>
        </>
      )}
    </span>
  );
}

/** From where to where, unless the link is called so. */
function Ends({ link }: { readonly link: ListedLink }) {
  const { p } = useLinksTexts();
  const { name, fromSiteName, toSiteId, toSiteName, isWhole } = link;
  if ([fromSiteName, toSiteName].every((end) => end !== null && name.includes(end))) return null;
  const to = toSiteName ?? (toSiteId === null && !isWhole && fromSiteName !== null ? p.hiddenEnd : p.internet);
  return (
    <span className="sub">
      {fromSiteName ?? p.hiddenEnd} → {to}
    </span>
  );
}

/** Links as rows; the one that is open shows everything under its row. */
export function LinkTable(props: { readonly links: readonly ListedLink[]; readonly open: string | undefined }) {
  const { t, f, p } = useLinksTexts();
  return (
    <Table
      className="links-table"
      columns={[
        [p.column.name, undefined, 'name'],
        [p.column.state, undefined, 'worst'],
        [p.column.since, 'wide-only', 'since'],
        [p.column.medium, 'links-more', 'medium'],
        [p.column.provider, 'links-more', 'provider'],
        [p.column.contract, 'number wide-only', 'contract'],
        [p.column.load, 'number wide-only'],
      ]}
    >
      {props.links.map((link) => {
        const isOpen = link.id === props.open;
        const rate = link.contractMbps === null ? null : f.bitRate(link.contractMbps * 1e6);
        return (
          <Fragment key={link.id}>
            <tr>
              <th scope="row">
                <Link
                  to="."
                  search={((previous: object) => ({ ...previous, link: isOpen ? undefined : link.id })) as never}
                  className="name"
                  aria-expanded={isOpen}
                  resetScroll={false}
                >
                  {link.name}
                </Link>
                <Ends link={link} />
                {link.load !== null && (
                  <span className="sub phone-only">
                    {f.bitRate(link.load.bps).value} {f.bitRate(link.load.bps).unit}
                    {link.load.share !== null && ` · ${p.ofContract(f.percent(link.load.share, 0))}`}
                  </span>
                )}
              </th>
              <td>
                <StateWord state={link.state} quiet={link.state === 'up'} />
              </td>
              <td className="wide-only secondary nowrap">
                {link.since !== null && link.state !== 'up' && <SinceCell at={link.since} />}
              </td>
              <td className="links-more">{t.link.medium[link.medium]}</td>
              <td className="links-more secondary">{link.provider ?? ''}</td>
              <td className="number wide-only">
                {rate === null ? (
                  <span className="muted">–</span>
                ) : (
                  <>
                    {rate.value} <span className="unit">{rate.unit}</span>
                  </>
                )}
              </td>
              <td className="number wide-only">
                <LoadCell load={link.load} />
              </td>
            </tr>
            {isOpen && (
              <tr className="links-open">
                <td colSpan={COLUMNS}>
                  <LinkDetail link={link} />
                </td>
              </tr>
            )}
          </Fragment>
        );
      })}
    </Table>
  );
}
