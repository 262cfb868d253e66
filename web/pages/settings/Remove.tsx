import { useState } from 'react';
import { Wrong } from '../../components/form/Wrong.tsx';
import { useTexts } from '../../i18n/texts.tsx';
import { useNoticeChange } from './change.ts';

/** Removes for good, after a second word. */
export function Remove({ change, onDone }: { readonly change: () => Promise<unknown>; readonly onDone?: () => void }) {
  const { t } = useTexts();
  const [isAsking, setAsking] = useState(false);
  const remove = useNoticeChange(change, onDone);
  return (
    <>
      <button
        type="button"
        className="button quiet"
        disabled={remove.isPending}
        onClick={() => (isAsking ? remove.mutate(undefined) : setAsking(true))}
        onBlur={() => setAsking(false)}
      >
        {isAsking ? t.settings.removeSure : t.action.remove}
      </button>
      <Wrong error={remove.error} />
    </>
  );
}
