import { useId, useState } from 'react';
import { useTexts } from '../../i18n/texts.tsx';

type Props = {
  readonly label: string;
  readonly hint?: string;
  readonly autoComplete: 'current-password' | 'new-password';
  readonly minLength?: number;
};

/** A password that can be looked at while it is typed. */
export function PasswordField({ label, hint, autoComplete, minLength }: Props) {
  const { t } = useTexts();
  const [isShown, setShown] = useState(false);
  const id = useId();
  return (
    <div className="labelled">
      <label htmlFor={id}>{label}</label>
      <span className="sign-in-password">
        <input
          className="field"
          id={id}
          name="password"
          type={isShown ? 'text' : 'password'}
          autoComplete={autoComplete}
          autoCapitalize="none"
          spellCheck={false}
          required
          minLength={minLength}
          maxLength={200}
          aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        />
        <button type="button" className="button quiet" onClick={() => setShown(!isShown)} aria-pressed={isShown}>
          {isShown ? t.signIn.hide : t.signIn.show}
        </button>
      </span>
      {hint !== undefined && (
        <span className="secondary small sign-in-hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
    </div>
  );
}
