import { ApiError } from '../../api/endpoint.ts';
import { useTexts } from '../../i18n/texts.tsx';
import './security.css';

type Props = {
  readonly label: string;
  /** Letters too: a recovery code. */
  readonly takesLetters?: boolean;
  readonly error: unknown;
  /** What a code that is wrong is told by. */
  readonly wrong: string;
};

/** A code of an authenticator, as telephones offer it, and what was wrong with the last one. */
export function CodeField({ label, takesLetters = false, error, wrong }: Props) {
  const { t } = useTexts();
  const known = error instanceof ApiError ? error.code : 'internal';
  return (
    <>
      <label className="labelled">
        {label}
        <input
          className="field code-field mono"
          name="code"
          inputMode={takesLetters ? 'text' : 'numeric'}
          autoComplete="one-time-code"
          autoCapitalize="none"
          spellCheck={false}
          required
          minLength={6}
          maxLength={takesLetters ? 40 : 7}
        />
      </label>
      {error !== null && (
        <p className="wrong" role="alert">
          {known === 'bad-input' ? wrong : t.failure[known]}
        </p>
      )}
    </>
  );
}

/** The code of a form that was sent. */
export const codeOf = (form: HTMLFormElement): string => String(new FormData(form).get('code') ?? '').trim();
