import { type QueryKey, useQueryClient } from '@tanstack/react-query';
import { useInventoryChanged } from '../../components/inventory-changed.ts';
import { tellSaved } from '../../components/saved/saved.ts';
import { useEditTexts } from './texts.ts';
import { type EditForm, useEdit } from './use-edit.ts';

type Named = { readonly id: string; readonly name: string };

type Options<T extends object, R extends Named> = {
  readonly kind: 'device' | 'site' | 'link';
  /** Null: it is new. */
  readonly id: string | null;
  readonly current: T;
  /** Under which it is known to other screens. */
  readonly queryKey: QueryKey;
  /** What of the form those screens show as well: shown before it is stored, and taken back where it is refused. */
  readonly shown: (values: T) => object;
  readonly create: (values: T) => Promise<R>;
  readonly update: (id: string, body: Partial<T> & { readonly expected: Partial<T> }) => Promise<R>;
  readonly remove: (id: string) => Promise<unknown>;
  readonly toThing: (saved: R, values: T) => Promise<void>;
  /** Where one is after what was new is gone again. */
  readonly toList: () => Promise<void>;
};

/** A form over a thing of the inventory that is saved, shown at once, and taken back on the next screen. */
export function useThing<T extends object, R extends Named>(options: Options<T, R>): EditForm<T> {
  const { kind, id, current, queryKey, shown, create, update, remove, toThing, toList } = options;
  const { e } = useEditTexts();
  const queryClient = useQueryClient();
  const inventoryChanged = useInventoryChanged();
  return useEdit<T, R>({
    key: `${kind}.${id ?? 'new'}`,
    current,
    isNew: id === null,
    save: ({ changes, seen }, values) =>
      id === null ? create(values) : update(id, { ...changes, expected: seen } as never),
    ahead(values) {
      const before = queryClient.getQueryData<object>(queryKey);
      if (before === undefined) return () => {};
      queryClient.setQueryData(queryKey, { ...before, ...shown(values) });
      return () => queryClient.setQueryData(queryKey, before);
    },
    async onSaved(saved, { changes, seen }) {
      tellSaved(id === null ? e[kind].created(saved.name) : e[kind].saved(saved.name), () =>
        id === null ? remove(saved.id).then(toList) : update(id, { ...seen, expected: changes } as never),
      );
      await toThing(saved, { ...current, ...changes });
      await inventoryChanged();
    },
    refresh: () => queryClient.invalidateQueries({ queryKey }),
  });
}
