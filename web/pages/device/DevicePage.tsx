import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { DeviceDetail } from '../../../core/contract/devices.ts';
import { COLLECTOR_AWAY } from '../../../core/domain/next-state.ts';
import { pollNow } from '../../api/endpoints.ts';
import { deviceQuery, outagesQuery } from '../../api/queries.ts';
import { type Fact, Facts } from '../../components/Facts.tsx';
import { Wrong } from '../../components/form/Wrong.tsx';
import { LinkSection } from '../../components/link/LinkSection.tsx';
import { Ago, Since } from '../../components/Moments.tsx';
import { MaintenanceLine } from '../../components/maintenance/MaintenanceLine.tsx';
import { OutageRows, useReason } from '../../components/OutageRows.tsx';
import { Rename } from '../../components/rename/Rename.tsx';
import { Answer, PageHead, Skeleton } from '../../components/Screen.tsx';
import { StateMark, StateWord } from '../../components/StateMark.tsx';
import { mayEditInventory, useAccount } from '../../frame/account.ts';
import { useTexts } from '../../i18n/texts.tsx';
import { HistoryLink } from '../audit/HistoryLink.tsx';
import { Clients } from './Clients.tsx';
import { DeviceCharts } from './DeviceCharts.tsx';
import { Interfaces } from './Interfaces.tsx';
import { PollPanel } from './PollPanel.tsx';
import { Readings } from './Readings.tsx';
import { useDeviceTexts } from './texts.ts';
import './device.css';

const SHOWN_OUTAGES = 6;

function Path({ device }: { readonly device: DeviceDetail }) {
  const { t, d } = useDeviceTexts();
  const others = device.path.filter(({ id }) => id !== device.id);
  if (others.length === 0) return null;
  return (
    <nav className="path" aria-label={d.path}>
      <h3>{d.path}</h3>
      <ol>
        <li>
          <span className="chip" aria-current="true">
            <StateMark mark={device.state} label={t.state[device.state]} />
            {d.here}
          </span>
        </li>
        {others.map((step) => (
          <li key={step.id}>
            <Link to="/devices/$deviceId" params={{ deviceId: step.id }} className="chip" data-tip={step.siteName}>
              <StateMark mark={step.state} label={t.state[step.state]} />
              {step.name}
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}

function Identity({ device }: { readonly device: DeviceDetail }) {
  const { t, d, f } = useDeviceTexts();
  const kinds: Readonly<Record<string, string>> = t.deviceKind;
  const text = (term: string, value: string | null, isMono = false): Fact[] =>
    value === null || value === '' ? [] : [{ term, value: isMono ? <span className="mono">{value}</span> : value }];
  return (
    <Facts
      facts={[
        ...text(d.kind, kinds[device.kind] ?? device.kind),
        {
          term: d.site,
          value: (
            <Link to="/sites/$siteId" params={{ siteId: device.siteId }}>
              {device.siteName}
            </Link>
          ),
        },
        ...text(d.host, device.host, true),
        ...text(d.mac, device.mac, true),
        ...text(d.model, [device.vendor, device.model].filter((part) => part !== null).join(' ')),
        ...text(d.os, [device.os, device.version].filter((part) => part !== null).join(' ')),
        ...text(d.serial, device.serial, true),
        ...(device.contractMbps === null ? [] : text(d.contract, `${f.number(device.contractMbps, 1)} Mbit/s`)),
        ...(device.availability === null ? [] : text(d.availability, f.percent(device.availability, 2))),
        ...(device.lastSeenAt === null ? [] : [{ term: d.lastSeen, value: <Ago at={device.lastSeenAt} /> }]),
      ]}
    />
  );
}

/** What an editor does with a device; nothing for others. */
function Actions({ deviceId }: { readonly deviceId: string }) {
  const { t, d } = useDeviceTexts();
  const account = useAccount();
  const navigate = useNavigate({ from: '/devices/$deviceId' });
  const poll = useMutation({
    mutationFn: () => pollNow({ params: { deviceId } }),
    onSuccess: ({ ask }) =>
      void navigate({ search: (previous) => ({ ...previous, poll: ask.id }), replace: true, resetScroll: false }),
  });
  if (account === null || !mayEditInventory(account)) return null;
  return (
    <>
      <Wrong error={poll.error} />
      <button type="button" className="button" disabled={poll.isPending} onClick={() => poll.mutate()}>
        {t.action.pollNow}
      </button>
      <Link to="/devices/$deviceId/edit" params={{ deviceId }} className="button">
        {d.edit}
      </Link>
      <HistoryLink id={deviceId} />
    </>
  );
}

function Outages({ deviceId }: { readonly deviceId: string }) {
  const { t } = useTexts();
  const query = useQuery(outagesQuery({ deviceId, pageSize: SHOWN_OUTAGES }));
  return (
    <section className="device-section">
      <h2>{t.outages.title}</h2>
      <Answer query={query} what={t.outages.title} waiting={<Skeleton rows={3} />}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="secondary">{t.map.noOutageEver}</p>
          ) : (
            <OutageRows outages={items} withDevice />
          )
        }
      </Answer>
    </section>
  );
}

/** Cameras, web sites and power boxes have none to tell of. */
const hasPorts = ({ countsForSite, metrics }: DeviceDetail): boolean =>
  countsForSite || metrics.some(({ metric }) => metric.startsWith('interface.'));

function Shown({ device }: { readonly device: DeviceDetail }) {
  const { d } = useDeviceTexts();
  const { poll } = useSearch({ from: '/devices/$deviceId' });
  const navigate = useNavigate({ from: '/devices/$deviceId' });
  return (
    <>
      <Path device={device} />
      {poll !== undefined && (
        <PollPanel
          key={poll}
          deviceId={device.id}
          askId={poll}
          onClose={() =>
            void navigate({
              search: (previous) => ({ ...previous, poll: undefined }),
              replace: true,
              resetScroll: false,
            })
          }
        />
      )}
      <MaintenanceLine of={{ deviceId: device.id, siteId: device.siteId, regionCode: device.regionCode }} />
      <div className="device">
        <div className="device-main">
          <DeviceCharts device={device} />
          <Clients deviceId={device.id} />
          {hasPorts(device) && <Interfaces deviceId={device.id} />}
          <LinkSection of={{ deviceId: device.id }} />
          <Readings deviceId={device.id} />
        </div>
        <aside className="device-side">
          <section>
            <h2>{d.identity}</h2>
            <Identity device={device} />
          </section>
          <Outages deviceId={device.id} />
        </aside>
      </div>
    </>
  );
}

export function DevicePage() {
  const { t, d } = useDeviceTexts();
  const { deviceId } = useParams({ from: '/devices/$deviceId' });
  const query = useQuery(deviceQuery(deviceId));
  const reasonOf = useReason();
  const device = query.data;
  return (
    <div className="page">
      <PageHead
        title={t.devices.column.name}
        heading={device && <Rename key={deviceId} thing={{ kind: 'device', id: deviceId, name: device.name }} />}
        context={
          device === undefined ? (
            '\u00a0'
          ) : (
            <span className="device-context">
              <StateWord state={device.state} />
              {device.since !== null && <Since at={device.since} />}
              {device.reason !== null && (
                <span>
                  {device.reason === COLLECTOR_AWAY && device.collector !== null
                    ? d.collectorAway(device.collector)
                    : reasonOf(device.reason)}
                </span>
              )}
              {!device.enabled && <span>{d.disabled}</span>}
            </span>
          )
        }
        actions={<Actions key={deviceId} deviceId={deviceId} />}
      />
      <Answer query={query} what={t.devices.column.name} waiting={<Skeleton height={420} />}>
        {(data) => <Shown device={data} />}
      </Answer>
    </div>
  );
}
