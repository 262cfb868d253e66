import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTexts } from '../../i18n/texts.tsx';
import { Wrong } from './Wrong.tsx';

type Props = {
  readonly children: ReactNode;
  readonly onUndo: () => Promise<unknown>;
  readonly onDone: () => void;
};

/** What was just done, and the way back. */
export function Undo({ children, onUndo, onDone }: Props) {
  const { t } = useTexts();
  const undo = useMutation({ mutationFn: onUndo, onSuccess: onDone });
  return (
    <div className="undo" role="status">
      <span>{children}</span>
      <button type="button" className="button quiet" disabled={undo.isPending} onClick={() => undo.mutate()}>
        {t.action.undo}
      </button>
      <Wrong error={undo.error} />
    </div>
  );
}
