import { useState } from 'react';
import { Wrong } from '../../components/form/Wrong.tsx';
import { useNoticeChange } from './change.ts';
import { useSettingsTexts } from './texts.ts';

/** Removes for good, after a second word. */
export function Remove({ change, onDone }: { readonly change: () => Promise<unknown>; readonly onDone?: () => void }) {
  const { t, s } = useSettingsTexts();
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
        {isAsking ? s.removeSure : t.action.remove}
      </button>
      <Wrong error={remove.error} />
    </>
  );
}
