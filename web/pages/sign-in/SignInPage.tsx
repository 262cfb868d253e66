import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { ApiError } from '../../api/endpoint.ts';
import { signIn } from '../../api/endpoints.ts';
import { sessionQuery } from '../../api/queries.ts';
import { useTexts } from '../../i18n/texts.tsx';
import './sign-in.css';

export function SignInPage() {
  const { t, language, setLanguage } = useTexts();
  const { to } = useSearch({ from: '/sign-in' });
  const [isShown, setShown] = useState(false);
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const router = useRouter();
  const enter = useMutation({
    mutationFn: (body: { name: string; password: string }) => signIn({ body }),
    onSuccess: async (account) => {
      queryClient.clear();
      queryClient.setQueryData(sessionQuery.queryKey, { account });
      if (to === undefined) await navigate({ to: '/', replace: true });
      else router.history.replace(to);
    },
  });

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    enter.mutate({ name: String(form.get('name')).trim(), password: String(form.get('password')) });
  };
  const wrong = enter.error instanceof ApiError ? enter.error : null;
  const isRefused = wrong?.code === 'not-signed-in' || wrong?.code === 'forbidden' || wrong?.code === 'bad-input';
  return (
    <main className="sign-in">
      <form className="sign-in-form" onSubmit={submit}>
        <p className="sign-in-brand">
          <img src="/simpul.svg" alt="" width="32" height="32" />
          <strong>{t.app.name}</strong>
          <span className="secondary">{t.app.tagline}</span>
        </p>
        <h1>{t.signIn.title}</h1>
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
        <div className="labelled">
          <label htmlFor="password">{t.signIn.password}</label>
          <span className="sign-in-password">
            <input
              className="field"
              id="password"
              name="password"
              type={isShown ? 'text' : 'password'}
              autoComplete="current-password"
              required
              maxLength={200}
            />
            <button type="button" className="button quiet" onClick={() => setShown(!isShown)} aria-pressed={isShown}>
              {isShown ? t.signIn.hide : t.signIn.show}
            </button>
          </span>
        </div>
        {enter.isError && (
          <p className="sign-in-wrong" role="alert">
            {isRefused ? t.signIn.wrong : t.failure[wrong?.code ?? 'internal']}
          </p>
        )}
        <button type="submit" className="button primary" disabled={enter.isPending}>
          {enter.isPending ? t.signIn.submitting : t.signIn.submit}
        </button>
        <p className="secondary small">{t.signIn.help}</p>
      </form>
      <button
        type="button"
        className="button quiet"
        lang={language === 'id' ? 'en' : 'id'}
        onClick={() => setLanguage(language === 'id' ? 'en' : 'id')}
      >
        {language === 'id' ? 'English' : 'Bahasa Indonesia'}
      </button>
    </main>
  );
}
