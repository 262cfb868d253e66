import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { ApiError } from '../../api/endpoint.ts';
import { useTexts } from '../../i18n/texts.tsx';
import { forgetSaved, type Saved, useSaved } from './saved.ts';
import { WORDS } from './words.ts';
import './saved.css';

/** Long enough to read it, look at the result and reach for the button. */
const SHOWN_MS = 15_000;

function Bar({ saved }: { readonly saved: Saved }) {
  const { t, language } = useTexts();
  const words = WORDS[language];
  const queryClient = useQueryClient();
  /** Nothing goes away under somebody's hand. */
  const [isHeld, setHeld] = useState(false);
  const undo = useMutation({ mutationFn: saved.undo, onSettled: () => queryClient.invalidateQueries() });
  const isBusy = undo.isPending;
  useEffect(() => {
    if (isHeld || isBusy) return;
    const timer = setTimeout(forgetSaved, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [isHeld, isBusy]);
  const { error } = undo;
  const said =
    error === null
      ? undo.isSuccess
        ? words.undone
        : saved.text
      : error instanceof ApiError && error.code === 'conflict'
        ? words.conflict
        : `${words.failed} ${t.failure[error instanceof ApiError ? error.code : 'internal']}`;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only notices that somebody is at it
    <div
      className="saved-bar"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <span role="status">{said}</span>
      {!undo.isSuccess && (
        <button type="button" className="button" disabled={isBusy} onClick={() => undo.mutate()}>
          {words.undo}
        </button>
      )}
      <button type="button" className="button quiet" onClick={forgetSaved}>
        {t.action.close}
      </button>
    </div>
  );
}

/** The way back from what was just saved, on any screen. */
export function SavedBar() {
  const saved = useSaved();
  return saved === null ? null : <Bar key={saved.id} saved={saved} />;
}
