import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo, useRef, useState } from 'react';
import type { PlanTable as Plan } from '../../../core/contract/coverage-plan.ts';
import { VILLAGE_KINDS } from '../../../core/domain/coverage.ts';
import { REGION_LEVELS, type RegionCode } from '../../../core/domain/region.ts';
import { planTableQuery } from '../../api/coverage.ts';
import { Segments } from '../../components/Filters.tsx';
import { Answer, Empty, PageHead } from '../../components/Screen.tsx';
import type { Caption } from '../../map/picture.ts';
import { shortEdition } from './columns.ts';
import { Downloads } from './Downloads.tsx';
import { PlanMap, type PlanMapHandle } from './PlanMap.tsx';
import { PlanTable } from './PlanTable.tsx';
import { Spread } from './Spread.tsx';
import { Trend, useMonthName } from './Trend.tsx';
import { useCoverageTexts } from './texts.ts';
import './coverage.css';

/** *46 dari 2.856 desa (1,6 %) dalam program; 41 hidup dua-duanya; 2.810 tanpa titik.* Each figure opens its villages. */
function Sentence({ plan: { total, region, of } }: { readonly plan: Plan }) {
  const { c, f } = useCoverageTexts();
  const { month } = useSearch({ from: '/coverage' });
  const search = { region: region.code, of, month };
  if (total.villageCount === 0) return <p className="plan-sentence">{c.sentence.none(c.of[of])}</p>;
  return (
    <p className="plan-sentence">
      <Link to="/coverage/villages" search={{ ...search, is: 'programme' }}>
        {f.number(total.villagesInProgramme)}
      </Link>
      {c.sentence.inProgramme(
        c.of[of],
        f.number(total.villageCount),
        f.percent(total.villagesInProgramme / total.villageCount),
      )}
      <Link to="/coverage/villages" search={{ ...search, is: 'alive-both' }}>
        {f.number(total.aliveBoth)}
      </Link>
      {c.sentence.aliveBoth}
      <Link to="/coverage/villages" search={{ ...search, is: 'without' }}>
        {f.number(total.notProposed + total.blockedByTerrain + total.unsaid)}
      </Link>
      {c.sentence.without}
    </p>
  );
}

/** What every figure on the screen is counted against. */
function useBasis(plan: Plan | undefined): readonly string[] {
  const { c, f } = useCoverageTexts();
  if (plan === undefined) return [];
  const { edition, of, total, from, to } = plan;
  return [
    c.basis(c.of[of], edition === null ? c.noEdition : shortEdition(edition)),
    ...(total.listed < total.villageCount ? [c.notListed(f.number(total.listed), c.of[of])] : []),
    c.period(f.date(from), f.date(to - 1)),
  ];
}

function Crumbs({ plan }: { readonly plan: Plan }) {
  const { c } = useCoverageTexts();
  const { of, month } = useSearch({ from: '/coverage' });
  return (
    <nav className="plan-crumbs" aria-label={c.level}>
      {plan.ancestors.map(({ code, name }) => (
        <span key={code}>
          <Link to="/coverage" search={{ region: code, of, month }}>
            {name}
          </Link>
          <span className="muted"> › </span>
        </span>
      ))}
      <strong>{plan.region.name}</strong>
    </nav>
  );
}

function Choices({ plan }: { readonly plan: Plan }) {
  const { c } = useCoverageTexts();
  const navigate = useNavigate({ from: '/coverage' });
  const monthName = useMonthName();
  const { month } = useSearch({ from: '/coverage' });
  const own = REGION_LEVELS.indexOf(plan.region.level);
  // A province's villages one by one are a list, not a table.
  const levels = REGION_LEVELS.slice(own + 1, own + 3).filter((level) => own > 0 || level !== 'village');
  return (
    <div className="filters">
      <Segments
        label={c.counted}
        value={plan.of}
        options={VILLAGE_KINDS.map((value) => ({ value, text: c.ofShort[value] }))}
        onChange={(of) => void navigate({ search: (previous) => ({ ...previous, of: of === 'all' ? undefined : of }) })}
      />
      {levels.length > 1 && (
        <Segments
          label={c.level}
          value={plan.level}
          options={levels.map((value) => ({ value, text: c.levels[value] }))}
          onChange={(level) =>
            void navigate({
              search: (previous) => ({ ...previous, level: level === levels[0] ? undefined : level, pick: undefined }),
            })
          }
        />
      )}
      {month !== undefined && (
        <Link
          from="/coverage"
          to="/coverage"
          search={(previous) => ({ ...previous, month: undefined })}
          className="button"
        >
          {monthName(month)} ×
        </Link>
      )}
    </div>
  );
}

function Shown({
  plan,
  caption,
  map,
}: {
  readonly plan: Plan;
  readonly caption: Caption;
  readonly map: React.RefObject<PlanMapHandle | null>;
}) {
  const { pick } = useSearch({ from: '/coverage' });
  const navigate = useNavigate({ from: '/coverage' });
  const [focused, setFocused] = useState<RegionCode>();
  const onPick = useCallback(
    (code: RegionCode | undefined) =>
      void navigate({
        search: (previous) => ({ ...previous, pick: previous.pick === code ? undefined : code }),
        replace: true,
      }),
    [navigate],
  );
  return (
    <>
      <div className="plan-split">
        <PlanTable plan={plan} picked={pick} onPick={onPick} onFocus={setFocused} caption={caption.title} />
        <PlanMap ref={map} plan={plan} picked={pick} focused={focused} onPick={onPick} paperCaption={caption} />
      </div>
      <div className="plan-below">
        <Spread plan={plan} />
        <Trend of={plan.of} chosen={plan.month} />
      </div>
    </>
  );
}

/** The planner's start screen: which villages have nothing, in a table and on a map that show the same. */
export function CoveragePage() {
  const { c, f } = useCoverageTexts();
  const { region, of, level, month } = useSearch({ from: '/coverage' });
  const query = useQuery(
    planTableQuery({
      ...(region === undefined ? {} : { region }),
      ...(of === undefined ? {} : { of }),
      ...(level === undefined ? {} : { level }),
      ...(month === undefined ? {} : { month }),
    }),
  );
  const map = useRef<PlanMapHandle>(null);
  const { data } = query;
  const basis = useBasis(data);
  const title = data === undefined ? c.title : `${c.title} ${data.region.name}`;
  const at = data === undefined ? '' : f.exact(data.asOf);
  const lines = basis.join(' ');
  const caption = useMemo((): Caption => ({ title, lines: [lines], source: c.file.source(at) }), [title, lines, at, c]);
  return (
    <div className="page plan-page">
      <PageHead
        title={title}
        context={data === undefined ? '\u00a0' : <Crumbs plan={data} />}
        actions={data !== undefined && data.rows.length > 0 && <Downloads plan={data} caption={caption} map={map} />}
      />
      <Answer query={query} what={c.title}>
        {(plan) =>
          plan.rows.length === 0 ? (
            <Empty title={c.empty}>{c.emptyHint}</Empty>
          ) : (
            <>
              <Sentence plan={plan} />
              <p className="plan-basis secondary small">
                {lines} {c.asOf(at)}.
              </p>
              <Choices plan={plan} />
              <Shown plan={plan} caption={caption} map={map} />
              <p className="plan-more">
                <Link to="/coverage/gaps" search={{ region: plan.region.code, of }} className="button">
                  {c.gaps.title}
                </Link>
                <Link to="/coverage/programme/$code" params={{ code: plan.region.code }} className="button quiet">
                  {c.programme.title}: {plan.region.name}
                </Link>
              </p>
            </>
          )
        }
      </Answer>
    </div>
  );
}
