import { EDITORS } from '../../../core/contract/contract.ts';
import { useAccount } from '../../frame/account.ts';

export const useMayEdit = (): boolean => {
  const role = useAccount()?.role;
  return EDITORS.some((editor) => editor === role);
};
