import type { UseQueryResult } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Answer, Empty } from '../../components/Screen.tsx';
import { useEdit, useIsAdmin } from './change.ts';

/** A list of which one entry is worked on beside it, or a new one; which one stands in the address. */
export function EditableList<Item extends { readonly id: string }>(props: {
  readonly query: UseQueryResult<{ readonly items: readonly Item[] }>;
  readonly what: string;
  readonly words: { readonly add: string; readonly none: string; readonly noneHint: string };
  readonly row: (item: Item) => ReactNode;
  /** The form of the entry; null is a new one. */
  readonly form: (item: Item | null) => ReactNode;
  /** What stands there while nothing is worked on and the list has entries. */
  readonly idle?: ReactNode;
}) {
  const { query, what, words, row, form, idle } = props;
  const { edit: asked } = useSearch({ from: '/settings' });
  const edit = useEdit();
  const isAdmin = useIsAdmin();
  return (
    <Answer query={query} what={what}>
      {({ items }) => {
        const chosen = items.find(({ id }) => id === asked) ?? null;
        const isEditing = isAdmin && (chosen !== null || asked === 'new');
        const side = isEditing ? form(chosen) : items.length > 0 && idle;
        const add = isAdmin && (
          <button type="button" className="button" onClick={() => edit('new')}>
            {words.add}
          </button>
        );
        return (
          <div className="settings">
            <div>
              {items.length === 0 ? (
                <Empty title={words.none} action={add}>
                  {words.noneHint}
                </Empty>
              ) : (
                <>
                  <ul className="settings-list">
                    {items.map((item) => (
                      <li key={item.id}>
                        <button type="button" aria-pressed={item.id === asked} onClick={() => edit(item.id)}>
                          {row(item)}
                        </button>
                      </li>
                    ))}
                  </ul>
                  {add}
                </>
              )}
            </div>
            {(isEditing || idle !== undefined) && <div className="settings-side">{side}</div>}
          </div>
        );
      }}
    </Answer>
  );
}
