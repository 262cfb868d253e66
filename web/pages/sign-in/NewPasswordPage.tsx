import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import type { FormEvent } from 'react';
import { ApiError } from '../../api/endpoint.ts';
import { readPasswordLink, setPasswordByLink } from '../../api/sign-in.ts';
import { Wrong } from '../../components/form/Wrong.tsx';
import { Answer, Skeleton } from '../../components/Screen.tsx';
import { Door } from './Door.tsx';
import { PasswordField } from './PasswordField.tsx';
import { useSignInTexts } from './texts.ts';

/** Where an administrator's link leads; its token stands behind the number sign, which no server is sent. */
export function NewPasswordPage() {
  const { s } = useSignInTexts();
  const token = useLocation().hash;
  const link = useQuery({
    queryKey: ['sign-in', 'link', token],
    queryFn: ({ signal }) => readPasswordLink({ body: { token } }, signal),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const save = useMutation({ mutationFn: (password: string) => setPasswordByLink({ body: { token, password } }) });
  const isGone = [link.error, save.error].some(
    (error) => error instanceof ApiError && (error.code === 'gone' || error.code === 'bad-input'),
  );
  return (
    <Door>
      {save.isSuccess ? (
        <div className="sign-in-step" role="status">
          <h1>{s.link.done}</h1>
          <p className="secondary">{s.link.doneText}</p>
          <Link to="/sign-in" className="button primary">
            {s.link.signIn}
          </Link>
        </div>
      ) : isGone ? (
        <div className="sign-in-step" role="alert">
          <h1>{s.link.gone}</h1>
          <p className="secondary">{s.link.goneText}</p>
          <Link to="/sign-in" className="button">
            {s.link.signIn}
          </Link>
        </div>
      ) : (
        <Answer query={link} what={s.link.title} waiting={<Skeleton rows={5} />}>
          {(found) => <Form link={found} isBusy={save.isPending} error={save.error} onSave={save.mutate} />}
        </Answer>
      )}
    </Door>
  );
}

function Form(props: {
  readonly link: Awaited<ReturnType<typeof readPasswordLink>>;
  readonly isBusy: boolean;
  readonly error: unknown;
  readonly onSave: (password: string) => void;
}) {
  const { s, f } = useSignInTexts();
  const { name, displayName, expiresAt } = props.link;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    props.onSave(String(new FormData(event.currentTarget).get('password')));
  };
  return (
    <form className="sign-in-step" onSubmit={submit}>
      <h1>{s.link.title}</h1>
      <p className="secondary">
        {s.link.for(`${displayName} (${name})`)} {s.link.until(f.dated(expiresAt))}
      </p>
      {/* For the browser's store of passwords. */}
      <input
        className="hidden-visually"
        name="username"
        autoComplete="username"
        readOnly
        tabIndex={-1}
        aria-hidden
        value={name}
      />
      <PasswordField label={s.link.password} hint={s.link.hint} autoComplete="new-password" minLength={10} />
      <Wrong error={props.error} />
      <button type="submit" className="button primary" disabled={props.isBusy}>
        {s.link.submit}
      </button>
    </form>
  );
}
