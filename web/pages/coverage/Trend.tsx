import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import type { TrendMonth } from '../../../core/contract/coverage-plan.ts';
import type { VillageKind } from '../../../core/domain/coverage.ts';
import { trendQuery } from '../../api/coverage.ts';
import { Answer, Skeleton } from '../../components/Screen.tsx';
import { useCoverageTexts } from './texts.ts';

/** The first day of a month, for its name: noon, so that no zone moves it. */
export const monthMoment = (month: string): number => Date.parse(`${month}-01T05:00:00Z`);

export function useMonthName(): (month: string, style?: 'long' | 'short') => string {
  const { language } = useCoverageTexts();
  const locale = language === 'id' ? 'id-ID' : 'en-GB';
  return (month, style = 'long') =>
    new Intl.DateTimeFormat(
      locale,
      style === 'long' ? { month: 'long', year: 'numeric', timeZone: 'UTC' } : { month: 'narrow', timeZone: 'UTC' },
    ).format(monthMoment(month));
}

type LineProps = {
  readonly title: string;
  readonly months: readonly TrendMonth[];
  readonly figureOf: (month: TrendMonth) => number | null;
  readonly show: (value: number) => string;
  /** Where the scale begins: nought for counts, higher for shares that lie close together. */
  readonly from: number;
  readonly to: number;
  readonly chosen: string;
};

/** Twelve columns; a month that was not measured is a hatched gap, and never nought. */
function Line({ title, months, figureOf, show, from, to, chosen }: LineProps) {
  const { c } = useCoverageTexts();
  const monthName = useMonthName();
  const values = months.map(figureOf);
  const last = values.findLast((value) => value !== null) ?? null;
  return (
    <figure className="plan-trend">
      <figcaption>
        <span>{title}</span>
        <strong>{last === null ? '–' : show(last)}</strong>
        {from > 0 && <span className="muted small">{c.trend.scale(show(from))}</span>}
      </figcaption>
      <ol>
        {months.map((month, n) => {
          const value = values[n] ?? null;
          const text = value === null ? c.trend.gap : show(value);
          const name = `${monthName(month.month)}${month.isRunning ? `, ${c.trend.now}` : ''}`;
          return (
            <li key={month.month} data-kind={value === null ? 'gap' : 'shown'}>
              <Link
                from="/coverage"
                to="/coverage"
                search={(previous) => ({ ...previous, month: month.isRunning ? undefined : month.month })}
                aria-label={`${name}: ${text}. ${c.trend.choose(monthName(month.month))}`}
                aria-current={month.month === chosen ? 'true' : undefined}
                data-tip={`${name}\n${text}`}
              >
                <span
                  className="plan-trend-bar"
                  ref={(node) =>
                    node?.style.setProperty(
                      '--tall',
                      String(
                        value === null ? 1 : Math.max(0.02, Math.min(1, (value - from) / Math.max(1e-9, to - from))),
                      ),
                    )
                  }
                />
                <span className="plan-trend-month">{monthName(month.month, 'short')}</span>
              </Link>
            </li>
          );
        })}
      </ol>
    </figure>
  );
}

/** A round share below the least of the shown, so that a difference of a percent is seen. */
function floorOf(values: readonly (number | null)[]): number {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? 0 : Math.max(0, Math.floor((Math.min(...known) - 0.02) * 10) / 10);
}

export function Trend({ of, chosen }: { readonly of: VillageKind; readonly chosen: string }) {
  const { c, f } = useCoverageTexts();
  const { region } = useSearch({ from: '/coverage' });
  const query = useQuery(trendQuery({ of, ...(region === undefined ? {} : { region }) }));
  return (
    <section className="plan-panel plan-trends">
      <h2>{c.trend.title}</h2>
      <p className="secondary small">{c.trend.basis}</p>
      <Answer query={query} what={c.trend.title} waiting={<Skeleton rows={4} />}>
        {({ months }) => (
          <div className="plan-trend-lines">
            <Line
              title={c.trend.villages}
              months={months}
              figureOf={({ villages }) => villages}
              show={(value) => f.number(value)}
              from={0}
              to={Math.max(1, ...months.map(({ villages }) => villages ?? 0))}
              chosen={chosen}
            />
            <Line
              title={c.trend.alive}
              months={months}
              figureOf={({ alive }) => alive}
              show={(value) => f.percent(value)}
              from={floorOf(months.map(({ alive }) => alive))}
              to={1}
              chosen={chosen}
            />
            <Line
              title={c.trend.availability}
              months={months}
              figureOf={({ availability }) => availability}
              show={(value) => f.percent(value)}
              from={floorOf(months.map(({ availability }) => availability))}
              to={1}
              chosen={chosen}
            />
          </div>
        )}
      </Answer>
    </section>
  );
}
