import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { HOUR } from '../../../core/domain/clock.ts';
import { ApiError } from '../../api/endpoint.ts';
import { sessionQuery } from '../../api/queries.ts';
import { enter, getSignInWays, oidcAddress } from '../../api/sign-in.ts';
import { PasswordField } from './PasswordField.tsx';
import { useSignInTexts } from './texts.ts';

type Props = { readonly to: string | undefined; readonly wrong: string | undefined; readonly onIn: () => void };

/** Name and password, or the identity provider where there is one. */
export function PasswordStep({ to, wrong: cameBack, onIn }: Props) {
  const { t, s } = useSignInTexts();
  const queryClient = useQueryClient();
  const ways = useQuery({
    queryKey: ['sign-in', 'ways'],
    queryFn: ({ signal }) => getSignInWays({}, signal),
    staleTime: HOUR,
  });
  const attempt = useMutation({
    mutationFn: enter,
    onSuccess: ({ account, step }) => {
      if (account !== null) onIn();
      else queryClient.setQueryData(sessionQuery.queryKey, { account, step });
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    attempt.mutate({ name: String(form.get('name')).trim(), password: String(form.get('password')) });
  };
  const refused = attempt.error instanceof ApiError ? attempt.error : null;
  const isRefused = refused?.code === 'not-signed-in' || refused?.code === 'forbidden' || refused?.code === 'bad-input';
  const provider = ways.data?.oidc ?? null;
  const told = Object.entries(s.wrong).find(([code]) => code === cameBack)?.[1];
  return (
    <>
      <form className="sign-in-step" onSubmit={submit}>
        <h1>{t.signIn.title}</h1>
        {told !== undefined && !attempt.isError && (
          <p className="sign-in-wrong" role="alert">
            {told}
          </p>
        )}
        <label className="labelled">
          {t.signIn.name}
          <input
            className="field"
            name="name"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            required
            maxLength={100}
          />
        </label>
        <PasswordField label={t.signIn.password} autoComplete="current-password" />
        {attempt.isError && (
          <p className="sign-in-wrong" role="alert">
            {isRefused ? t.signIn.wrong : t.failure[refused?.code ?? 'internal']}
          </p>
        )}
        <button type="submit" className="button primary" disabled={attempt.isPending}>
          {attempt.isPending ? t.signIn.submitting : t.signIn.submit}
        </button>
        {provider !== null && (
          <>
            <p className="sign-in-or secondary small">{s.or}</p>
            <a className="button" href={oidcAddress(to)}>
              {s.with(provider.name)}
            </a>
          </>
        )}
      </form>
      <p className="secondary small">{t.signIn.help}</p>
    </>
  );
}
