import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { Gap } from '../../../core/contract/coverage-plan.ts';
import { VILLAGE_KINDS } from '../../../core/domain/coverage.ts';
import { gapsQuery } from '../../api/coverage.ts';
import { addressOf } from '../../api/endpoint.ts';
import { Segments } from '../../components/Filters.tsx';
import { PagedList } from '../../components/PagedList.tsx';
import { Empty, PageHead } from '../../components/Screen.tsx';
import { Table } from '../../components/Table.tsx';
import { shortEdition } from './columns.ts';
import { useCoverageTexts } from './texts.ts';
import { Standing } from './VillagesPage.tsx';
import './coverage.css';

function Row({ gap }: { readonly gap: Gap }) {
  const { c, f, t } = useCoverageTexts();
  const { nearest } = gap;
  return (
    <tr>
      <td className="number muted">{f.number(gap.rank)}</td>
      <th scope="row">
        <Link to="/coverage/programme/$code" params={{ code: gap.code }} className="name">
          {gap.name}
        </Link>
        <span className="sub">{[gap.district, gap.regency].filter(Boolean).join(', ')}</span>
      </th>
      <td className="number">
        {gap.people === null ? (
          <span className="zero">–</span>
        ) : (
          <span {...(gap.peopleAreEstimated ? { 'data-tip': c.gaps.estimated } : {})}>
            {gap.peopleAreEstimated && '≈ '}
            {f.number(gap.people)}
          </span>
        )}
      </td>
      <td className="number">
        {nearest === null ? (
          <span className="zero">–</span>
        ) : (
          <span {...(gap.pointIsApproximate ? { 'data-tip': c.gaps.approximate } : {})}>
            {gap.pointIsApproximate && '≈ '}
            {f.number(nearest.distanceM / 1000, 1, 1)} <span className="unit">km</span>
          </span>
        )}
      </td>
      <td className="wide-only">
        {nearest === null ? (
          <span className="zero">{c.gaps.noNearest}</span>
        ) : (
          <>
            <Link to="/sites/$siteId" params={{ siteId: nearest.siteId }} className="plain">
              {nearest.name}
            </Link>
            <span className="sub">{t.siteKind[nearest.kind]}</span>
          </>
        )}
      </td>
      <td className="wide-only">
        <Standing standing={gap.standing} />
        {gap.programmeNote !== null && <span className="sub">{gap.programmeNote}</span>}
      </td>
    </tr>
  );
}

/** Villages without a hotspot in their rank, with what stands nearest to connect them. */
export function GapsPage() {
  const { c, f } = useCoverageTexts();
  const { region, of, sort = 'people', page = 1 } = useSearch({ from: '/coverage/gaps' });
  const navigate = useNavigate({ from: '/coverage/gaps' });
  const asked = { sort, ...(region === undefined ? {} : { region }), ...(of === undefined ? {} : { of }) };
  const query = useQuery(gapsQuery({ ...asked, page }));
  const { data } = query;
  const kind = c.of[of ?? 'all'];
  return (
    <div className="page">
      <PageHead
        title={data === undefined ? c.gaps.title : `${c.gaps.title}: ${data.region.name}`}
        context={
          data === undefined
            ? '\u00a0'
            : `${c.gaps.context(f.number(data.total), kind)}. ${c.basis(kind, data.edition === null ? c.noEdition : shortEdition(data.edition))}`
        }
        actions={
          <>
            {(['csv', 'xlsx'] as const).map((format) => (
              <a
                key={format}
                className="button"
                download
                href={addressOf('/api/v1/coverage/file', {}, { ...asked, what: 'gaps', format })}
              >
                {c.file[format]}
              </a>
            ))}
            <Link to="/coverage" search={{ region, of }} className="button">
              {c.programme.back}
            </Link>
          </>
        }
      />
      <div className="filters">
        <Segments
          label={c.counted}
          value={of ?? 'all'}
          options={VILLAGE_KINDS.map((value) => ({ value, text: c.ofShort[value] }))}
          onChange={(next) =>
            void navigate({
              search: (previous) => ({ ...previous, of: next === 'all' ? undefined : next, page: undefined }),
            })
          }
        />
        <Segments
          label={c.gaps.sort}
          value={sort}
          options={[
            { value: 'people', text: c.gaps.byPeople },
            { value: 'near', text: c.gaps.byWay },
          ]}
          onChange={(next) =>
            void navigate({
              search: (previous) => ({ ...previous, sort: next === 'people' ? undefined : next, page: undefined }),
            })
          }
        />
      </div>
      <p className="plan-basis secondary small">{c.gaps.basis}</p>
      <PagedList query={query} what={c.gaps.title} empty={<Empty title={c.gaps.empty} />}>
        {(items: readonly Gap[]) => (
          <Table
            columns={[
              [c.gaps.rank, 'number'],
              c.villageColumn.name,
              [c.gaps.people, 'number'],
              [c.gaps.distance, 'number'],
              [c.gaps.nearest, 'wide-only'],
              [c.gaps.note, 'wide-only'],
            ]}
          >
            {items.map((gap) => (
              <Row key={gap.code} gap={gap} />
            ))}
          </Table>
        )}
      </PagedList>
    </div>
  );
}
