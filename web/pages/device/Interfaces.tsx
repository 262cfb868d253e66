import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Fragment, useMemo } from 'react';
import type { Interface } from '../../../core/contract/devices.ts';
import { spanSeriesQuery } from '../../api/device.ts';
import { interfacesQuery, readingsQuery } from '../../api/queries.ts';
import { Answer, Skeleton } from '../../components/Screen.tsx';
import { StateMark } from '../../components/StateMark.tsx';
import type { Quantity } from '../../i18n/format.ts';
import { type Column, IN } from './charts.ts';
import { PortCharts } from './PortCharts.tsx';
import { healthOf, type Light, lightsOf, type PortLight } from './port-optics.ts';
import { Sparkline } from './Sparkline.tsx';
import { useDeviceTexts } from './texts.ts';
import { useSpan } from './use-span.ts';
import '../../components/table.css';

const COLUMNS = 10;
/** A sparkline has no room for more. */
const SPARK_POINTS = 36;
/** As many as one question may name. */
const MOST_SPARKS = 100;
const NO_READINGS = [] as const;
const MARK = { good: 'up', watch: 'degraded', bad: 'down', unknown: 'unknown' } as const;

function Rate({ rate }: { readonly rate: Quantity | null }) {
  if (rate === null) return <span className="zero">–</span>;
  return (
    <>
      {rate.value} <span className="unit">{rate.unit}</span>
    </>
  );
}

function OperState({ port }: { readonly port: Interface }) {
  const { d } = useDeviceTexts();
  if (port.adminStatus === 'down') {
    return (
      <span className="state-word muted">
        <StateMark mark="not-proposed" size={10} />
        {d.interface.adminDown}
      </span>
    );
  }
  const status = port.operStatus ?? 'unknown';
  return (
    <span className="state-word secondary">
      <StateMark mark={status === 'up' ? 'up' : status === 'unknown' ? 'unknown' : 'not-proposed'} size={10} />
      {d.oper[status]}
    </span>
  );
}

function OneLight({ light, side }: { readonly light: Light; readonly side: 'rx' | 'tx' }) {
  const { d, f } = useDeviceTexts();
  const { limits } = light;
  const text = (value: number | null) => (value === null ? '–' : f.number(value, 1));
  const word = side === 'rx' ? d.receives : d.sends;
  const within =
    limits === null ? '' : d.limits(text(limits.low ?? limits.lowWarning), text(limits.high ?? limits.highWarning));
  return (
    <span className="port-light" data-tip={within === '' ? undefined : within}>
      <StateMark mark={MARK[healthOf(light)]} size={10} />
      <span className="unit">{word}</span> {f.number(light.dbm, 1, 1)}
      {within !== '' && <span className="hidden-visually"> {within}</span>}
    </span>
  );
}

function Lights({ lights }: { readonly lights: PortLight | undefined }) {
  if (lights === undefined) return <span className="zero">–</span>;
  return (
    <>
      {lights.rx !== null && <OneLight light={lights.rx} side="rx" />}
      {lights.tx !== null && <OneLight light={lights.tx} side="tx" />}
    </>
  );
}

type RowProps = {
  readonly port: Interface;
  readonly lights: PortLight | undefined;
  readonly hasLights: boolean;
  readonly trend: Column | undefined;
  readonly isOpen: boolean;
  readonly onOpen: () => void;
};

function Row({ port, lights, hasLights, trend, isOpen, onOpen }: RowProps) {
  const { d, f } = useDeviceTexts();
  const rate = (bps: number | null) => (bps === null ? null : f.bitRate(bps));
  const count = (perS: number | null) =>
    perS === null ? (
      <span className="zero">–</span>
    ) : perS === 0 ? (
      <span className="zero">0</span>
    ) : (
      <span className="count-down">{f.number(perS, 2)}</span>
    );
  return (
    <tr>
      <th scope="row">
        <button type="button" className="port-open" aria-expanded={isOpen} onClick={onOpen}>
          <span className="port-caret" aria-hidden="true" />
          <span className="name">{port.name}</span>
          <span className="hidden-visually">, {d.openPort(port.name)}</span>
        </button>
        {port.alias !== '' && <span className="sub">{port.alias}</span>}
        <span className="sub phone-only">
          <OperState port={port} />
        </span>
      </th>
      <td className="wide-only">
        <OperState port={port} />
      </td>
      <td className="number wide-only">
        <Rate rate={port.speedBps === null || port.speedBps === 0 ? null : f.bitRate(port.speedBps)} />
      </td>
      <td className="wide-only">
        {trend === undefined ? <span className="zero">–</span> : <Sparkline values={trend} />}
      </td>
      <td className="number">
        <Rate rate={rate(port.inBps)} />
      </td>
      <td className="number">
        <Rate rate={rate(port.outBps)} />
      </td>
      <td className="number wide-only">{count(port.errorsPerS)}</td>
      <td className="number wide-only">{count(port.discardsPerS)}</td>
      {hasLights && (
        <td className="number wide-only">
          <Lights lights={lights} />
        </td>
      )}
      <td className="mono muted roomy-only">{port.mac ?? ''}</td>
    </tr>
  );
}

/** The course of what came in, by port. */
function useTrends(deviceId: string, ports: readonly Interface[]): ReadonlyMap<string, Column> {
  const { span } = useSpan();
  const named = ports
    .slice(0, MOST_SPARKS)
    .map(({ index }) => String(index))
    .join(',');
  const instances = useMemo(() => (named === '' ? [] : named.split(',')), [named]);
  const { data } = useQuery(spanSeriesQuery({ deviceId, metrics: TREND, span, instances, points: SPARK_POINTS }));
  return useMemo(() => new Map((data?.series ?? []).map(({ instance, values }) => [instance, values])), [data]);
}
const TREND = [IN];

function Table({ deviceId, ports }: { readonly deviceId: string; readonly ports: readonly Interface[] }) {
  const { d, t } = useDeviceTexts();
  const { port: open } = useSearch({ from: '/devices/$deviceId' });
  const navigate = useNavigate({ from: '/devices/$deviceId' });
  const control = useSpan();
  const readings = useQuery(readingsQuery(deviceId)).data?.items ?? NO_READINGS;
  const lights = useMemo(() => lightsOf(ports, readings), [ports, readings]);
  const trends = useTrends(deviceId, ports);
  const hasLights = lights.size > 0;
  const columns = d.interface;
  const toggle = (index: string) =>
    void navigate({
      search: (previous) => ({ ...previous, port: open === index ? undefined : index }),
      replace: true,
      resetScroll: false,
    });
  return (
    <div className="table-box">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{columns.name}</th>
            <th scope="col" className="wide-only">
              {columns.state}
            </th>
            <th scope="col" className="number wide-only">
              {columns.speed}
            </th>
            <th scope="col" className="wide-only">
              {d.trend}
            </th>
            <th scope="col" className="number">
              {columns.in}
            </th>
            <th scope="col" className="number">
              {columns.out}
            </th>
            <th scope="col" className="number wide-only">
              {columns.errors} <span className="unit">{t.unit.perSecond}</span>
            </th>
            <th scope="col" className="number wide-only">
              {columns.discards} <span className="unit">{t.unit.perSecond}</span>
            </th>
            {hasLights && (
              <th scope="col" className="number wide-only">
                {d.optics} <span className="unit">dBm</span>
              </th>
            )}
            <th scope="col" className="roomy-only">
              {d.mac}
            </th>
          </tr>
        </thead>
        <tbody>
          {ports.map((port) => {
            const index = String(port.index);
            return (
              <Fragment key={port.index}>
                <Row
                  port={port}
                  lights={lights.get(port.index)}
                  hasLights={hasLights}
                  trend={trends.get(index)}
                  isOpen={open === index}
                  onOpen={() => toggle(index)}
                />
                {open === index && (
                  <tr className="port-row">
                    <td colSpan={COLUMNS}>
                      <PortCharts deviceId={deviceId} port={port} control={control} />
                    </td>
                  </tr>
                )}
              </Fragment>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** The ports of a device; each opens its own charts. */
export function Interfaces({ deviceId }: { readonly deviceId: string }) {
  const { d } = useDeviceTexts();
  const query = useQuery(interfacesQuery(deviceId));
  return (
    <section className="device-section">
      <h2>{d.interfaces}</h2>
      <Answer query={query} what={d.interfaces} waiting={<Skeleton rows={4} />}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="secondary">{d.noInterfaces}</p>
          ) : (
            <Table deviceId={deviceId} ports={items} />
          )
        }
      </Answer>
    </section>
  );
}
