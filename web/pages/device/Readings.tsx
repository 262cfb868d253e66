import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { DeviceReading } from '../../../core/contract/devices.ts';
import { spanSeriesQuery } from '../../api/device.ts';
import { readingsQuery } from '../../api/queries.ts';
import { Answer, Skeleton } from '../../components/Screen.tsx';
import type { Format, Quantity } from '../../i18n/format.ts';
import { useTexts } from '../../i18n/texts.tsx';
import { Chart } from './Chart.tsx';
import { Findings } from './Findings.tsx';
import { useDeviceTexts } from './texts.ts';
import { type SpanControl, useSpan } from './use-span.ts';
import './readings.css';

/** So many of one kind are shown before the rest is asked for: a line terminal has thousands. */
const FIRST = 12;
const NO_BANDS = [] as const;

type Chosen = Pick<DeviceReading, 'metric' | 'instance'>;
const keyOf = ({ metric, instance }: Chosen): string => `${metric} ${instance}`;

function quantityOf(f: Format, value: number, unit: string): Quantity {
  if (unit === 'bit/s') return f.bitRate(value);
  if (unit === 's') return { value: f.lasting(value * 1000), unit: '' };
  const size = Math.abs(value);
  return { value: f.number(value, Number.isInteger(value) || size >= 1000 ? 0 : size < 1 ? 3 : 1), unit };
}

function groupsOf(items: readonly DeviceReading[]): readonly (readonly [string, readonly DeviceReading[]])[] {
  const groups = new Map<string, DeviceReading[]>();
  for (const item of items) groups.set(item.metric, [...(groups.get(item.metric) ?? []), item]);
  return [...groups];
}

function Group({
  title,
  items,
  chosen,
  onChoose,
}: {
  readonly title: string;
  readonly items: readonly DeviceReading[];
  readonly chosen: Chosen | null;
  readonly onChoose: (reading: Chosen | null) => void;
}) {
  const { d, f } = useDeviceTexts();
  const [isWhole, setIsWhole] = useState(false);
  const shown = isWhole ? items : items.slice(0, FIRST);
  return (
    <section className="reading-group">
      <h3>{title}</h3>
      <ul>
        {shown.map((item) => {
          const isChosen = chosen !== null && keyOf(chosen) === keyOf(item);
          const { value, unit } = quantityOf(f, item.value, item.unit);
          return (
            <li key={keyOf(item)}>
              <button type="button" aria-pressed={isChosen} onClick={() => onChoose(isChosen ? null : item)}>
                <span className="reading-label">{item.label === '' ? item.instance || title : item.label}</span>
                <span className="reading-value">
                  {value} <span className="unit">{unit}</span>
                </span>
              </button>
            </li>
          );
        })}
      </ul>
      {items.length > shown.length && (
        <button type="button" className="link-button" onClick={() => setIsWhole(true)}>
          {d.readings.more(f.number(items.length - shown.length))}
        </button>
      )}
    </section>
  );
}

/** The course of one reading over the range of the page. */
function Course({
  deviceId,
  reading,
  title,
  control,
}: {
  readonly deviceId: string;
  readonly reading: DeviceReading;
  readonly title: string;
  readonly control: SpanControl;
}) {
  const { f } = useTexts();
  const metrics = useMemo(() => [reading.metric], [reading.metric]);
  const query = useQuery(spanSeriesQuery({ deviceId, metrics, span: control.span }));
  return (
    <div className="charts reading-course">
      <Answer query={query} what={title} waiting={<Skeleton height={160} />}>
        {({ series, times, from, to }) => {
          const values = series.find(({ instance }) => instance === reading.instance)?.values ?? [];
          const lines = [{ label: reading.label === '' ? title : reading.label, ink: 'chart-1', values }] as const;
          return (
            <Chart
              title={title}
              unit={reading.unit}
              times={times}
              from={from}
              to={to}
              lines={lines}
              bands={NO_BANDS}
              show={(value) => f.number(value, Math.abs(value) < 10 ? 2 : 1)}
              isSigned
              isLast
              onZoom={control.show}
            />
          );
        }}
      </Answer>
    </div>
  );
}

/** Everything that a device told last, by what it is; any of it can be seen over time. */
export function Readings({ deviceId }: { readonly deviceId: string }) {
  const { d } = useDeviceTexts();
  const query = useQuery(readingsQuery(deviceId));
  const control = useSpan();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const names: Readonly<Record<string, string>> = d.metric;
  return (
    <Answer query={query} what={d.readings.title} waiting={<Skeleton rows={4} />}>
      {({ items, findings }) => {
        const reading = chosen === null ? undefined : items.find((item) => keyOf(item) === keyOf(chosen));
        return (
          <>
            {items.length > 0 && (
              <section className="device-section">
                <h2>{d.readings.title}</h2>
                {reading !== undefined && (
                  <Course
                    deviceId={deviceId}
                    reading={reading}
                    title={names[reading.metric] ?? reading.metric}
                    control={control}
                  />
                )}
                <div className="readings">
                  {groupsOf(items).map(([metric, group]) => (
                    <Group
                      key={metric}
                      title={names[metric] ?? metric}
                      items={group}
                      chosen={chosen}
                      onChoose={setChosen}
                    />
                  ))}
                </div>
              </section>
            )}
            <Findings findings={findings} />
          </>
        );
      }}
    </Answer>
  );
}
