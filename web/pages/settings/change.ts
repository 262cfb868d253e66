import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useAccount } from '../../frame/account.ts';

/** A change of what people are told: everything about it is asked for again. */
export function useNoticeChange<T, R>(change: (value: T) => Promise<R>, onDone?: (result: R) => void) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: async (result) => {
      await queryClient.invalidateQueries({ queryKey: ['notices'] });
      onDone?.(result);
    },
  });
}

/** Opens one thing of a tab for change, or none. */
export function useEdit() {
  const navigate = useNavigate({ from: '/settings' });
  return (edit: string | undefined) => void navigate({ search: (previous) => ({ ...previous, edit }) });
}

/** Channels, people and steps hold for all: an administrator changes them, others see them. */
export const useIsAdmin = (): boolean => useAccount()?.role === 'admin';
