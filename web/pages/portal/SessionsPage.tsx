import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { PortalSession } from '../../../core/contract/portal/session.ts';
import { SECOND } from '../../../core/domain/clock.ts';
import { endPortalSession, portalSessionsQuery } from '../../api/portal.ts';
import { siteQuery } from '../../api/queries.ts';
import { Segments } from '../../components/Filters.tsx';
import { Wrong } from '../../components/form/Wrong.tsx';
import { Moment, SinceCell } from '../../components/Moments.tsx';
import { useNow } from '../../components/now.ts';
import { PagedList } from '../../components/PagedList.tsx';
import { Empty } from '../../components/Screen.tsx';
import { Table } from '../../components/Table.tsx';
import { usePortalChange } from './change.ts';
import { Octets } from './figures.tsx';
import { PortalPage } from './PortalPage.tsx';
import { Sure } from './Sure.tsx';
import { usePortalTexts } from './texts.ts';

const PAGE_SIZE = 50;

/** Asks for an end, and says what came of it: some gateways take no order. */
function End({ session }: { readonly session: PortalSession }) {
  const { p, f } = usePortalTexts();
  const now = useNow();
  const end = usePortalChange(() => endPortalSession({ params: { sessionId: session.id } }));
  const answer = session.endAnswer ?? end.data?.answer ?? (session.endAskedAt === null ? null : 'asked');
  return (
    <>
      {answer !== null && (
        <span className="sub" role="status">
          {p.sessions.answer[answer] ?? answer}
          {end.data?.endsBy != null && `, ${p.sessions.endsBy(f.moment(end.data.endsBy, now))}`}
        </span>
      )}
      <Sure
        text={answer === null ? p.sessions.end : p.sessions.endAgain}
        question={p.sessions.endSure}
        isBusy={end.isPending}
        isMain
        onSure={() => end.mutate(undefined)}
      />
      <Wrong error={end.error} />
    </>
  );
}

function Row({ session, isLive }: { readonly session: PortalSession; readonly isLive: boolean }) {
  const { p } = usePortalTexts();
  const { siteName, gatewayName, device, method, startedAt, endedAt, seconds, downOctets, upOctets, endCause } =
    session;
  return (
    <tr>
      <th scope="row">
        <Link to="/portal/sites/$siteId" params={{ siteId: session.siteId }} className="name">
          {siteName}
        </Link>
        <span className="sub">
          {gatewayName}
          <span className="phone-only"> · {p.method[method] ?? method}</span>
        </span>
      </th>
      <td className="mono wide-only">{device}</td>
      <td className="wide-only">{p.method[method] ?? method}</td>
      <td className="portal-since">
        <SinceCell at={startedAt} {...(isLive ? {} : { to: startedAt + seconds * SECOND })} />
      </td>
      <td className="number wide-only">
        <Octets value={downOctets} />
        <span className="sub">
          <Octets value={upOctets} />
        </span>
      </td>
      <td className="portal-action">
        {isLive ? (
          <End session={session} />
        ) : (
          <>
            {endedAt !== null && <Moment at={endedAt} />}
            <span className="sub">
              {endCause === null ? p.sessions.noCause : (p.sessions.cause[endCause] ?? endCause)}
            </span>
          </>
        )}
      </td>
    </tr>
  );
}

function Rows({ items, isLive }: { readonly items: readonly PortalSession[]; readonly isLive: boolean }) {
  const { p } = usePortalTexts();
  const { column } = p.sessions;
  return (
    <Table
      columns={[
        column.site,
        [column.device, 'wide-only'],
        [column.method, 'wide-only'],
        column.since,
        [column.data, 'number wide-only'],
        [isLive ? column.action : column.end, 'portal-action'],
      ]}
    >
      {items.map((session) => (
        <Row key={session.id} session={session} isLive={isLive} />
      ))}
    </Table>
  );
}

/** Who is online, as rows without people. */
export function SessionsPage() {
  const { p } = usePortalTexts();
  const { region, site, ended, page = 1 } = useSearch({ from: '/portal/sessions' });
  const navigate = useNavigate({ from: '/portal/sessions' });
  const isLive = ended !== true;
  const asked = { live: isLive, page, pageSize: PAGE_SIZE };
  const query = useQuery(portalSessionsQuery({ ...asked, ...(site && { siteId: site }), ...(region && { region }) }));
  const siteName = useQuery({ ...siteQuery(site ?? ''), enabled: site !== undefined }).data?.name;
  return (
    <PortalPage context={p.sessions.context}>
      <div className="filters">
        <Segments
          label={p.sessions.which}
          value={isLive ? 'live' : 'ended'}
          options={[
            { value: 'live', text: p.sessions.live },
            { value: 'ended', text: p.sessions.ended },
          ]}
          onChange={(which) =>
            void navigate({
              search: (previous) => ({ ...previous, page: undefined, ended: which === 'ended' ? true : undefined }),
            })
          }
        />
        {site !== undefined && (
          <>
            <span>{p.sessions.ofSite(siteName ?? '…')}</span>
            <Link to="/portal/sessions" search={(previous) => ({ ...previous, site: undefined })} className="button">
              {p.sessions.allSites}
            </Link>
          </>
        )}
      </div>
      <PagedList
        query={query}
        what={p.tab.sessions}
        empty={
          <Empty
            title={isLive ? p.sessions.none : p.sessions.noneEnded}
            action={
              <Link to="/portal/sites" className="button">
                {p.sessions.toSites}
              </Link>
            }
          >
            {p.sessions.noneHint}
          </Empty>
        }
      >
        {(items) => <Rows items={items} isLive={isLive} />}
      </PagedList>
    </PortalPage>
  );
}
