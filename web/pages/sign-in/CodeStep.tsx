import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { ApiError } from '../../api/endpoint.ts';
import { signOut } from '../../api/endpoints.ts';
import { sessionQuery } from '../../api/queries.ts';
import { giveSecondFactor } from '../../api/sign-in.ts';
import { useSignInTexts } from './texts.ts';

/** The second step: a code from the telephone, or one that was kept for the day it is lost. */
export function CodeStep({ onIn }: { readonly onIn: () => void }) {
  const { t, s } = useSignInTexts();
  const [isRecovery, setRecovery] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const give = useMutation({
    mutationFn: (code: string) => giveSecondFactor({ body: { code } }),
    onSuccess: onIn,
    onError: () => field.current?.select(),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    give.mutate(String(new FormData(event.currentTarget).get('code')).trim());
  };
  return (
    <form className="sign-in-step" onSubmit={submit}>
      <h1>{s.code.title}</h1>
      <p className="secondary">{isRecovery ? s.code.recoveryText : s.code.text}</p>
      <label className="labelled">
        {isRecovery ? s.code.recoveryLabel : s.code.label}
        <input
          ref={field}
          className="field sign-in-code"
          name="code"
          inputMode={isRecovery ? 'text' : 'numeric'}
          autoComplete="one-time-code"
          autoCapitalize="none"
          spellCheck={false}
          required
          minLength={6}
          maxLength={isRecovery ? 40 : 7}
        />
      </label>
      {give.isError && (
        <p className="sign-in-wrong" role="alert">
          <CodeWrong error={give.error} />
        </p>
      )}
      <button type="submit" className="button primary" disabled={give.isPending}>
        {give.isPending ? t.signIn.submitting : s.code.submit}
      </button>
      <div className="sign-in-others">
        <button type="button" className="button quiet" onClick={() => setRecovery(!isRecovery)}>
          {isRecovery ? s.code.useApp : s.code.recovery}
        </button>
        <Restart />
      </div>
    </form>
  );
}

function CodeWrong({ error }: { readonly error: Error }) {
  const { t, s } = useSignInTexts();
  const code = error instanceof ApiError ? error.code : 'internal';
  if (code === 'bad-input') return s.code.wrong;
  if (code === 'too-many-requests') return s.code.tooMany;
  return code === 'not-signed-in' ? s.code.over : t.failure[code];
}

/** Forgets the half-opened session. */
export function Restart() {
  const { s } = useSignInTexts();
  const queryClient = useQueryClient();
  const forget = useMutation({
    mutationFn: () => signOut({}),
    onSettled: () => queryClient.setQueryData(sessionQuery.queryKey, { account: null, step: null }),
  });
  return (
    <button type="button" className="button quiet" disabled={forget.isPending} onClick={() => forget.mutate()}>
      {s.restart}
    </button>
  );
}
