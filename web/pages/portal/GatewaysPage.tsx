import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { PortalGateway } from '../../../core/contract/portal/gateway.ts';
import { gatewaysQuery, portalAuditQuery } from '../../api/portal.ts';
import { catalogueQuery } from '../../api/queries.ts';
import { TextFilter } from '../../components/Filters.tsx';
import { Ago, Moment } from '../../components/Moments.tsx';
import { PagedList } from '../../components/PagedList.tsx';
import { Empty } from '../../components/Screen.tsx';
import { StateMark } from '../../components/StateMark.tsx';
import { Table } from '../../components/Table.tsx';
import { useRights } from './change.ts';
import { Count } from './figures.tsx';
import { GatewayForm } from './GatewayForm.tsx';
import { PortalPage } from './PortalPage.tsx';
import { SideList } from './SideList.tsx';
import { usePortalTexts } from './texts.ts';

const PAGE_SIZE = 50;

/** Whether requests of the gateway can be told from forged ones. */
function Authenticator({ gateway }: { readonly gateway: PortalGateway }) {
  const { p } = usePortalTexts();
  const { messageAuthenticator, authenticatorSeenAt, radiusAddress, radsecName } = gateway;
  if (radiusAddress === null && radsecName === null) return <span className="zero">–</span>;
  if (messageAuthenticator === 'no') {
    return (
      <span className="state-word">
        <StateMark mark="degraded" size={10} />
        {p.gateways.unchecked}
      </span>
    );
  }
  return (
    <>
      <span className="state-word">
        <StateMark mark={authenticatorSeenAt === null ? 'unknown' : 'up'} size={10} />
        {authenticatorSeenAt === null ? p.gateways.notSeen : p.gateways.seen}
      </span>
      {messageAuthenticator === 'required' && <span className="sub">{p.gateways.required}</span>}
    </>
  );
}

function Row({ gateway, onOpen }: { readonly gateway: PortalGateway; readonly onOpen: () => void }) {
  const { p, language } = usePortalTexts();
  const families = useQuery(catalogueQuery).data?.portalGateways ?? [];
  const { name, siteName, family, enabled, radiusAddress, radsecName, hasRadiusSecret } = gateway;
  const source = radiusAddress ?? radsecName;
  return (
    <>
      <th scope="row">
        <button type="button" className="portal-open" onClick={onOpen}>
          {name}
        </button>
        <span className="sub">
          {siteName} · {families.find(({ id }) => id === family)?.label[language] ?? family}
          {!enabled && ` · ${p.gateways.off}`}
        </span>
      </th>
      <td className="wide-only">
        {source === null ? <span className="zero">{p.gateways.noRadius}</span> : <span className="mono">{source}</span>}
        {radiusAddress !== null && !hasRadiusSecret && (
          <span className="sub portal-failing">{p.gateways.noSecret}</span>
        )}
      </td>
      <td className="wide-only">
        <Authenticator gateway={gateway} />
      </td>
      <td className="number">
        <Count value={gateway.liveSessions} />
      </td>
      <td className="number">
        {gateway.seenAt === null ? <span className="zero">{p.gateways.never}</span> : <Ago at={gateway.seenAt} />}
      </td>
    </>
  );
}

/** What lowered a guard, and by whom. */
function Audit() {
  const { p } = usePortalTexts();
  const { isAdmin } = useRights();
  const items = useQuery({ ...portalAuditQuery, enabled: isAdmin }).data?.items;
  if (items === undefined) return null;
  return (
    <section className="portal-section">
      <h2>{p.gateways.audit}</h2>
      {items.length === 0 && <p className="secondary">{p.gateways.auditNone}</p>}
      <ul>
        {items.map((entry) => (
          <li key={`${entry.at} ${entry.what} ${entry.about}`}>
            <Moment at={entry.at} /> · {p.gateways.audits[entry.what] ?? entry.what}
            {entry.accountName !== null && ` · ${entry.accountName}`}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Where citizens arrive. */
export function GatewaysPage() {
  const { p } = usePortalTexts();
  const { region, q, page = 1, edit: asked } = useSearch({ from: '/portal/gateways' });
  const navigate = useNavigate({ from: '/portal/gateways' });
  const edit = (id: string | undefined) => void navigate({ search: (previous) => ({ ...previous, edit: id }) });
  const query = useQuery(gatewaysQuery({ page, pageSize: PAGE_SIZE, ...(q && { q }), ...(region && { region }) }));
  const { column } = p.gateways;
  const add = (
    <button type="button" className="button primary" onClick={() => edit('new')}>
      {p.gateways.add}
    </button>
  );
  return (
    <PortalPage context={p.gateways.context} actions={add}>
      <div className="filters">
        <TextFilter
          label={p.gateways.search}
          value={q ?? ''}
          onChange={(next) => void navigate({ search: (previous) => ({ ...previous, q: next, page: undefined }) })}
        />
      </div>
      <PagedList
        query={query}
        what={p.tab.gateways}
        empty={
          <Empty title={q === undefined ? p.gateways.none : p.gateways.noneFound}>
            {q === undefined ? p.gateways.noneHint : undefined}
          </Empty>
        }
        around={(list, items) => {
          const chosen = items.find(({ id }) => id === asked) ?? null;
          const isEditing = chosen !== null || asked === 'new';
          return (
            <SideList
              side={
                isEditing && <GatewayForm key={chosen?.id ?? 'new'} gateway={chosen} onClose={() => edit(undefined)} />
              }
            >
              {items.length === 0 ? (
                list
              ) : (
                <div className="portal-stack">
                  <div>{list}</div>
                  <Audit />
                </div>
              )}
            </SideList>
          );
        }}
      >
        {(items) => (
          <Table
            columns={[
              column.name,
              [column.radius, 'wide-only'],
              [column.authenticator, 'wide-only'],
              [column.live, 'number'],
              [column.seen, 'number'],
            ]}
          >
            {items.map((gateway) => (
              <tr key={gateway.id} aria-current={gateway.id === asked}>
                <Row gateway={gateway} onOpen={() => edit(gateway.id)} />
              </tr>
            ))}
          </Table>
        )}
      </PagedList>
    </PortalPage>
  );
}
