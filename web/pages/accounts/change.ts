import { useMutation, useQueryClient } from '@tanstack/react-query';

/** A change of accounts: everything about them is asked for again. */
export function useAccountChange<T, R>(change: (value: T) => Promise<R>, onDone?: (result: R) => void) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: async (result) => {
      onDone?.(result);
      await queryClient.invalidateQueries({ queryKey: ['accounts'] });
    },
  });
}
