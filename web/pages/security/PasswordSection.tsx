import { type FormEvent, useState } from 'react';
import type { SignInFacts } from '../../../core/contract/security.ts';
import { ApiError } from '../../api/endpoint.ts';
import { changeMyPassword } from '../../api/security.ts';
import { Wrong } from '../../components/form/Wrong.tsx';
import { useOwnChange } from './change.ts';
import { Section } from './Section.tsx';
import { useSecurityTexts } from './texts.ts';

export function PasswordSection({ facts }: { readonly facts: SignInFacts }) {
  const { s, t } = useSecurityTexts();
  const [isOpen, setOpen] = useState(false);
  const change = useOwnChange(
    (body: { current: string; password: string }) => changeMyPassword({ body }),
    () => setOpen(false),
  );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    change.mutate({ current: String(form.get('current')), password: String(form.get('password')) });
  };
  const isWrong = change.error instanceof ApiError && change.error.code === 'bad-input';
  if (!facts.hasPassword) return <Section title={s.password.title} text={s.password.none} />;
  return (
    <Section title={s.password.title} text={s.password.text}>
      {change.isSuccess && !isOpen && (
        <p role="status" className="done-line">
          {s.password.done}
        </p>
      )}
      {isOpen ? (
        <form className="form" onSubmit={submit}>
          <label className="labelled">
            {s.password.current}
            <input
              className="field"
              name="current"
              type="password"
              required
              maxLength={200}
              autoComplete="current-password"
            />
          </label>
          <div className="labelled">
            <label className="labelled">
              {s.password.fresh}
              <input
                className="field"
                name="password"
                type="password"
                required
                minLength={10}
                maxLength={200}
                autoComplete="new-password"
                aria-describedby="password-hint"
              />
            </label>
            <span className="form-hint" id="password-hint">
              {s.password.hint}
            </span>
          </div>
          {isWrong ? (
            <p className="wrong" role="alert">
              {s.password.wrong}
            </p>
          ) : (
            <Wrong error={change.error} />
          )}
          <div className="form-actions">
            <button type="submit" className="button primary" disabled={change.isPending}>
              {t.action.save}
            </button>
            <button type="button" className="button quiet" onClick={() => setOpen(false)}>
              {t.action.cancel}
            </button>
          </div>
        </form>
      ) : (
        <button type="button" className="button" onClick={() => setOpen(true)}>
          {s.password.change}
        </button>
      )}
    </Section>
  );
}
