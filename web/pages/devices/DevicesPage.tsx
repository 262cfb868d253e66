import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { STATES } from '../../../core/domain/state.ts';
import { type DevicesFilter, devicesQuery } from '../../api/queries.ts';
import { AddLink } from '../../components/AddLink.tsx';
import { DeviceTable } from '../../components/DeviceTable.tsx';
import { countSet, FilterBar, Pager, Pick, TextFilter } from '../../components/Filters.tsx';
import { BatchBar } from '../../components/lists/BatchBar.tsx';
import { ListTools } from '../../components/lists/ListTools.tsx';
import { useListTexts } from '../../components/lists/texts.ts';
import { Answer, Empty, PageHead } from '../../components/Screen.tsx';
import { mayEditInventory, useAccount } from '../../frame/account.ts';

const PAGE_SIZE = 100;
/** As many as may be changed together. */
const MOST_CHOSEN = 500;

export function DevicesPage() {
  const { t, f, l } = useListTexts();
  const { region, state, kind, q, sort = 'worst', order, page = 1 } = useSearch({ from: '/devices' });
  const navigate = useNavigate({ from: '/devices' });
  const account = useAccount();
  const queryClient = useQueryClient();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const mayChange = mayEditInventory(account);
  const filter = { region, state, kind, q, sort, order };
  const asked = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as DevicesFilter;
  const query = useQuery(devicesQuery({ ...asked, page, pageSize: PAGE_SIZE }));
  const chooseFilter = async () => {
    const { items } = await queryClient.fetchQuery(devicesQuery({ ...asked, pageSize: MOST_CHOSEN }));
    setChosen(new Set(items.map(({ id }) => id)));
  };
  const isFiltered = state !== undefined || kind !== undefined || q !== undefined;
  return (
    <div className="page">
      <PageHead
        title={t.devices.title}
        context={query.data === undefined ? '\u00a0' : t.devices.count(f.number(query.data.total))}
        actions={<AddLink to="/devices/new" />}
      />
      <FilterBar active={countSet(state, kind)}>
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
        <ListTools screen="devices" file={{ list: 'devices', query: asked }} />
      </FilterBar>
      <Answer query={query} what={t.devices.title}>
        {({ items, total }) =>
          items.length > 0 ? (
            <>
              <DeviceTable
                devices={items}
                isSortable
                choice={mayChange ? { ids: chosen, set: setChosen } : undefined}
              />
              <Pager
                page={page}
                pageSize={PAGE_SIZE}
                total={total}
                onPage={(next) => void navigate({ search: (previous) => ({ ...previous, page: next }) })}
              />
              {chosen.size > 0 && (
                <BatchBar
                  ids={chosen}
                  onNone={() => setChosen(new Set())}
                  chooseAll={
                    total > chosen.size &&
                    total <= MOST_CHOSEN && (
                      <button type="button" className="button quiet" onClick={() => void chooseFilter()}>
                        {l.chooseFilter(f.number(total))}
                      </button>
                    )
                  }
                />
              )}
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
