import { useMutation, useQueryClient } from '@tanstack/react-query';

/** A change of one's own ways in: everything about them is asked for again. */
export function useOwnChange<T, R>(change: (value: T) => Promise<R>, onDone?: (result: R) => void) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: async (result) => {
      onDone?.(result);
      await queryClient.invalidateQueries({ queryKey: ['me'] });
    },
  });
}
