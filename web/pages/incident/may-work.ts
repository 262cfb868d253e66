import { EDITORS } from '../../../core/contract/contract.ts';
import type { IncidentDetail } from '../../../core/contract/incidents.ts';
import { useAccount } from '../../frame/account.ts';

/** Whether who looks may change it: an editor, inside their region, and it was not merged away. */
export function useMayWork({ isMine, mergedInto }: Pick<IncidentDetail, 'isMine' | 'mergedInto'>): boolean {
  const role = useAccount()?.role;
  return isMine && mergedInto === null && EDITORS.some((editor) => editor === role);
}
