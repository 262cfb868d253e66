import type { FormEvent } from 'react';
import type { Enrolment } from '../../../core/contract/security.ts';
import { CodeField, codeOf } from './CodeField.tsx';
import { useSecurityTexts } from './texts.ts';
import './security.css';

type Props = {
  readonly enrolment: Enrolment;
  readonly isBusy: boolean;
  readonly error: unknown;
  readonly onCode: (code: string) => void;
};

/** What an authenticator reads, and the code that shows it has. */
export function Enrol({ enrolment, isBusy, error, onCode }: Props) {
  const { s } = useSecurityTexts();
  const { secret, qr } = enrolment;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    onCode(codeOf(event.currentTarget));
  };
  return (
    <form className="form" onSubmit={submit}>
      <p>{s.factor.scan}</p>
      <svg className="qr" viewBox={`0 0 ${qr.size} ${qr.size}`} role="img" aria-label={s.factor.qr}>
        <rect className="qr-light" width={qr.size} height={qr.size} />
        <path className="qr-dark" d={qr.path} />
      </svg>
      <p>
        <span className="secondary">{s.factor.byHand}</span>
        <br />
        <code className="key-text">{secret}</code>
      </p>
      <CodeField label={s.factor.code} error={error} wrong={s.factor.wrong} />
      <div className="form-actions">
        <button type="submit" className="button primary" disabled={isBusy}>
          {s.factor.confirm}
        </button>
      </div>
    </form>
  );
}
