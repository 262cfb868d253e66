import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { SeenLink } from '../../../core/contract/links.ts';
import { DAY } from '../../../core/domain/clock.ts';
import { linkQuery, outagesQuery, seriesQuery } from '../../api/queries.ts';
import { LinkPanel } from '../../components/link/LinkPanel.tsx';
import { useNow } from '../../components/now.ts';
import { Answer, Skeleton } from '../../components/Screen.tsx';
import { StateMark, StateWord } from '../../components/StateMark.tsx';
import { BUSY, type Condition } from './condition.ts';
import { type Graph, NONE, stateOf } from './graph.ts';
import { LoadChart } from './LoadChart.tsx';
import { IN, loadSeries, OUT } from './load-series.ts';
import { useTopologyTexts } from './texts.ts';

const MOST_OUTAGES = 5;

type Props = {
  readonly graph: Graph;
  readonly condition: Condition;
  readonly edge: number;
  readonly onNode: (node: number) => void;
};

/** One connection: its ends, how full it is, and of its link the contract, health, 24 hours and outages. */
export function EdgePanel({ graph, condition, edge, onNode }: Props) {
  const { p, f } = useTopologyTexts();
  const { edges, links, devices } = graph;
  const link = edges.links[edge] ?? NONE;
  const linkId = links.ids[link];
  const ends = [edges.from[edge] ?? NONE, edges.to[edge] ?? NONE];
  const [share, peak] = [condition.shares[edge] ?? Number.NaN, condition.peaks[edge] ?? Number.NaN];
  const of = p.capacity[(links.capacityOf[link] ?? '-') as 'c' | 'p' | '-'];
  return (
    <article className="topology-panel-body">
      <header className="panel-head">
        <h2>{link === NONE ? ends.map((end) => devices.names[end] ?? p.outside).join(' – ') : links.names[link]}</h2>
        <p>
          <StateWord state={stateOf(condition.edges[edge])} />
        </p>
      </header>
      <ul className="topology-ways">
        {ends.map((end, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the two ends of a way never change places
          <li key={at}>
            {end === NONE ? (
              <span className="muted">{p.outside}</span>
            ) : (
              <button type="button" onClick={() => onNode(end)}>
                <StateMark mark={stateOf(condition.nodes[end])} />
                <span className="ellipsis">{devices.names[end]}</span>
              </button>
            )}
          </li>
        ))}
      </ul>
      {linkId === undefined ? (
        <p className="secondary panel-section">{p.noLink}</p>
      ) : (
        <>
          {Number.isNaN(share) ? (
            <p className="secondary panel-section">{p.unmeasured}</p>
          ) : (
            <p className="panel-section">
              <strong className={share >= BUSY ? 'state-degraded' : ''}>{p.shareNow(f.percent(share, 0), of)}</strong>
              {!Number.isNaN(peak) && <span className="secondary"> · {p.sharePeak(f.percent(peak, 0))}</span>}
            </p>
          )}
          <OfLink
            linkId={linkId}
            capacityMbps={links.capacityMbps[link] ?? null}
            isPort={links.capacityOf[link] === 'p'}
          />
        </>
      )}
    </article>
  );
}

function OfLink({
  linkId,
  capacityMbps,
  isPort,
}: {
  readonly linkId: string;
  readonly capacityMbps: number | null;
  readonly isPort: boolean;
}) {
  const { p } = useTopologyTexts();
  const query = useQuery(linkQuery(linkId));
  return (
    <Answer query={query} what={p.ways} waiting={<Skeleton rows={4} />}>
      {(link) => (
        <>
          {link.deviceId !== null && link.ifIndex !== null && (
            <DayOf link={link} capacityMbps={capacityMbps} isPort={isPort} />
          )}
          <LinkPanel link={{ ...link, health: 'unknown', load: null }} />
          {link.deviceId !== null && <Outages deviceId={link.deviceId} />}
        </>
      )}
    </Answer>
  );
}

function DayOf({
  link,
  capacityMbps,
  isPort,
}: {
  readonly link: SeenLink;
  readonly capacityMbps: number | null;
  readonly isPort: boolean;
}) {
  const { p } = useTopologyTexts();
  const query = useQuery(seriesQuery(link.deviceId ?? '', [IN, OUT], DAY));
  return (
    <section className="panel-section">
      <h2>{p.chart}</h2>
      <Answer query={query} what={p.chart} waiting={<Skeleton height={120} />}>
        {(series) => (
          <LoadChart
            load={loadSeries(series, String(link.ifIndex))}
            limitBps={capacityMbps === null ? null : capacityMbps * 1e6}
            limitName={isPort ? p.port : p.contract}
          />
        )}
      </Answer>
    </section>
  );
}

function Outages({ deviceId }: { readonly deviceId: string }) {
  const { t, p, f } = useTopologyTexts();
  const now = useNow();
  const query = useQuery(outagesQuery({ deviceId, pageSize: MOST_OUTAGES }));
  return (
    <section className="panel-section">
      <h2>{p.incidents}</h2>
      <Answer query={query} what={p.incidents} waiting={<Skeleton rows={2} />}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="secondary">{p.incidentsNone}</p>
          ) : (
            <ul className="topology-outages">
              {items.map(({ id, startedAt, endedAt }) => (
                <li key={id}>
                  <Link to="/devices/$deviceId" params={{ deviceId }} className="plain">
                    <StateMark mark={endedAt === null ? 'down' : 'up'} />
                    {f.moment(startedAt, now)}
                  </Link>
                  <span className="secondary">
                    {endedAt === null ? t.time.ago(f.lasting(now - startedAt)) : f.lasting(endedAt - startedAt)}
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Answer>
    </section>
  );
}
