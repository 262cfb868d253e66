import type { UseQueryResult } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Pager } from './Filters.tsx';
import { Answer } from './Screen.tsx';

export type Paged<T> = { readonly items: readonly T[]; readonly total: number; readonly pageSize: number };

type PagedListProps<T> = {
  readonly query: UseQueryResult<Paged<T>>;
  /** What the screen calls it: *Daftar gangguan*. */
  readonly what: string;
  /** Why there is nothing, and the next step. */
  readonly empty: ReactNode;
  /** What stands around the list once it is answered, empty or not. */
  readonly around?: (list: ReactNode, items: readonly T[]) => ReactNode;
  readonly children: (items: readonly T[], total: number) => ReactNode;
};

/** A list that comes by pages: waiting, failed, empty, or shown with its pager. Which page it is stands in the address. */
export function PagedList<T>({ query, what, empty, around = (list) => list, children }: PagedListProps<T>) {
  const { page = 1 } = useSearch({ strict: false });
  const navigate = useNavigate();
  return (
    <Answer query={query} what={what}>
      {({ items, total, pageSize }) =>
        around(
          items.length === 0 ? (
            empty
          ) : (
            <>
              {children(items, total)}
              <Pager
                page={page}
                pageSize={pageSize}
                total={total}
                onPage={(next) => void navigate({ to: '.', search: (previous) => ({ ...previous, page: next }) })}
              />
            </>
          ),
          items,
        )
      }
    </Answer>
  );
}
