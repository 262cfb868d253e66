import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query';
import { updateDevice, updateSite } from '../../api/inventory.ts';
import { useInventoryChanged } from '../inventory-changed.ts';
import { tellSaved } from '../saved/saved.ts';

export type Renamed = { readonly kind: 'site' | 'device'; readonly id: string; readonly name: string };
type Named = { readonly id: string; readonly name: string };
type Page = { readonly items: readonly Named[] };

/** The name wherever the thing itself or a list of its kind is shown; all else there stays as it is by now. */
function show(queryClient: QueryClient, { kind, id }: Renamed, name: string): void {
  const renamed = <T extends Named>(thing: T): T => (thing.id === id ? { ...thing, name } : thing);
  queryClient.setQueryData<Named>([kind, id], (thing) => (thing === undefined ? undefined : renamed(thing)));
  queryClient.setQueriesData<Page>({ queryKey: [`${kind}s`] }, (page) =>
    page === undefined ? undefined : { ...page, items: page.items.map(renamed) },
  );
}

/** Renames a site or device: shown before it is stored, taken back where it is refused, undone from the bar. */
export function useRename(thing: Renamed, saved: (name: string) => string) {
  const queryClient = useQueryClient();
  const inventoryChanged = useInventoryChanged();
  const { kind, id } = thing;
  const store = (name: string, expected: string): Promise<unknown> => {
    const body = { name, expected: { name: expected } };
    return kind === 'site'
      ? updateSite({ params: { siteId: id }, body })
      : updateDevice({ params: { deviceId: id }, body });
  };
  return useMutation({
    // What stood is said by who asks: by the time of an answer the screen has the new name.
    mutationFn: ({ name, was }: { readonly name: string; readonly was: string }) => store(name, was),
    onMutate: async ({ name }) => {
      // An answer that is on its way tells of before.
      await Promise.all([[kind, id], [`${kind}s`]].map((queryKey) => queryClient.cancelQueries({ queryKey })));
      show(queryClient, thing, name);
    },
    onError: (_error, { was }) => show(queryClient, thing, was),
    onSuccess: (_, { name, was }) => tellSaved(saved(name), () => store(was, name)),
    onSettled: inventoryChanged,
  });
}
