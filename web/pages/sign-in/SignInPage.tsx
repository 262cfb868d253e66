import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import type { SignInStep } from '../../../core/contract/session.ts';
import { sessionQuery } from '../../api/queries.ts';
import { CodeStep } from './CodeStep.tsx';
import { Door } from './Door.tsx';
import { PasswordStep } from './PasswordStep.tsx';

const EnrolStep = lazy(() => import('./EnrolStep.tsx').then((module) => ({ default: module.EnrolStep })));

/** Signing in, step by step: the server says which is next, also to who comes from the identity provider. */
export function SignInPage() {
  const { to, wrong } = useSearch({ from: '/sign-in' });
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const router = useRouter();
  const known = useQuery(sessionQuery).data?.step ?? null;
  /** Recovery codes stay in sight until they are kept, though the session is open by then. */
  const [held, hold] = useState<SignInStep | null>(null);
  const step = held ?? known;

  const goOn = async () => {
    queryClient.clear();
    await queryClient.fetchQuery(sessionQuery).catch(() => null);
    if (to === undefined) await navigate({ to: '/', replace: true });
    else router.history.replace(to);
  };
  return (
    <Door>
      {step === 'code' && <CodeStep onIn={() => void goOn()} />}
      {step === 'enrol' && (
        <Suspense>
          <EnrolStep onBegun={() => hold('enrol')} onIn={() => void goOn()} />
        </Suspense>
      )}
      {step === null && <PasswordStep to={to} wrong={wrong} onIn={() => void goOn()} />}
    </Door>
  );
}
