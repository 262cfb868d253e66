import { useMutation, useQueryClient } from '@tanstack/react-query';
import { mayEditInventory, useAccount } from '../../frame/account.ts';

/** A change of the portal: everything about it is asked for again. */
export function usePortalChange<T, R>(change: (value: T) => Promise<R>, onDone?: (result: R) => void) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: async (result) => {
      await queryClient.invalidateQueries({ queryKey: ['portal'] });
      onDone?.(result);
    },
  });
}

export function useRights() {
  const account = useAccount();
  const isEditor = mayEditInventory(account);
  return {
    isEditor,
    isAdmin: account?.role === 'admin',
    isOfficer: account?.role === 'officer',
    /** What holds for all regions is changed by whoever holds for all of them. */
    mayEditAll: isEditor && account?.regionCode === '',
    mayAdministerAll: account?.role === 'admin' && account.regionCode === '',
  };
}
