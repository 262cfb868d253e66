import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { Device } from '../../../core/contract/devices.ts';
import { STATES } from '../../../core/domain/state.ts';
import { devicesQuery } from '../../api/queries.ts';
import { DeviceTable } from '../../components/DeviceTable.tsx';
import { Pager, Pick, TextFilter } from '../../components/Filters.tsx';
import { Answer, Empty, PageHead } from '../../components/Screen.tsx';
import { useTexts } from '../../i18n/texts.tsx';

const PAGE_SIZE = 100;
const WEIGHT = { down: 0, degraded: 1, unknown: 2, up: 3 } as const;

/** Worst first within the page; the server gives the pages. */
const ordered = (devices: readonly Device[]): readonly Device[] =>
  devices.toSorted((a, b) => WEIGHT[a.state] - WEIGHT[b.state]);

export function DevicesPage() {
  const { t, f } = useTexts();
  const { region, state, kind, q, page = 1 } = useSearch({ from: '/devices' });
  const navigate = useNavigate({ from: '/devices' });
  const query = useQuery(
    devicesQuery({
      page,
      pageSize: PAGE_SIZE,
      ...(region === undefined ? {} : { region }),
      ...(state === undefined ? {} : { state }),
      ...(kind === undefined ? {} : { kind }),
      ...(q === undefined ? {} : { q }),
    }),
  );
  const isFiltered = state !== undefined || kind !== undefined || q !== undefined;
  return (
    <div className="page">
      <PageHead
        title={t.devices.title}
        context={query.data === undefined ? '\u00a0' : t.devices.count(f.number(query.data.total))}
      />
      <div className="filters">
        <Pick
          label={t.filter.state}
          value={state ?? ''}
          options={STATES.map((value) => ({ value, text: t.state[value] }))}
          onChange={(value) =>
            void navigate({
              search: (previous) => ({ ...previous, page: undefined, state: STATES.find((known) => known === value) }),
            })
          }
        />
        <Pick
          label={t.filter.kind}
          value={kind ?? ''}
          options={Object.entries(t.deviceKind).map(([value, text]) => ({ value, text }))}
          onChange={(value) => void navigate({ search: (previous) => ({ ...previous, page: undefined, kind: value }) })}
        />
        <TextFilter
          value={q ?? ''}
          label={t.filter.text}
          onChange={(text) =>
            void navigate({ search: (previous) => ({ ...previous, q: text, page: undefined }), replace: true })
          }
        />
      </div>
      <Answer query={query} what={t.devices.title}>
        {({ items, total }) =>
          items.length > 0 ? (
            <>
              <DeviceTable devices={ordered(items)} />
              <Pager
                page={page}
                pageSize={PAGE_SIZE}
                total={total}
                onPage={(next) => void navigate({ search: (previous) => ({ ...previous, page: next }) })}
              />
            </>
          ) : isFiltered ? (
            <Empty
              title={t.devices.emptyFiltered}
              action={
                <Link to="/devices" search={{ region }} className="button">
                  {t.action.clear}
                </Link>
              }
            />
          ) : (
            <Empty title={t.devices.empty}>{t.devices.emptyHint}</Empty>
          )
        }
      </Answer>
    </div>
  );
}
