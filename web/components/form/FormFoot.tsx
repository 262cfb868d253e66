import type { ReactNode } from 'react';
import { useTexts } from '../../i18n/texts.tsx';
import { Wrong } from './Wrong.tsx';

/** The end of a form beside a list: what was wrong, the button that sends it, and the way out. */
export function FormFoot(props: {
  readonly error: Error | null;
  readonly submit: string;
  readonly isDisabled: boolean;
  readonly onClose: () => void;
  /** Further buttons. */
  readonly children?: ReactNode;
}) {
  const { t } = useTexts();
  return (
    <>
      <Wrong error={props.error} />
      <div className="form-actions">
        <button type="submit" className="button primary" disabled={props.isDisabled}>
          {props.submit}
        </button>
        <button type="button" className="button quiet" onClick={props.onClose}>
          {t.action.close}
        </button>
        {props.children}
      </div>
    </>
  );
}
