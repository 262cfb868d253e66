import { useMutation, useQuery } from '@tanstack/react-query';
import { beginRequiredFactor, confirmRequiredFactor } from '../../api/sign-in.ts';
import { Answer, Skeleton } from '../../components/Screen.tsx';
import { Enrol } from '../security/Enrol.tsx';
import { RecoveryCodes } from '../security/RecoveryCodes.tsx';
import { Restart } from './CodeStep.tsx';
import { useSignInTexts } from './texts.ts';

/** An account that must have a second factor and has none sets it up before anything else. */
export function EnrolStep({ onBegun, onIn }: { readonly onBegun: () => void; readonly onIn: () => void }) {
  const { s } = useSignInTexts();
  const begun = useQuery({
    queryKey: ['sign-in', 'enrol'],
    queryFn: ({ signal }) => beginRequiredFactor({}, signal),
    // Each asking makes another secret: the one in sight is the one that counts.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  const confirm = useMutation({
    mutationFn: (code: string) => confirmRequiredFactor({ body: { code } }),
    onSuccess: onBegun,
  });
  if (confirm.data !== undefined) return <RecoveryCodes codes={confirm.data.codes} onKept={onIn} />;
  return (
    <div className="sign-in-step">
      <h1>{s.enrol.title}</h1>
      <p className="secondary">{s.enrol.text}</p>
      <Answer query={begun} what={s.enrol.title} waiting={<Skeleton height={220} />}>
        {(enrolment) => (
          <Enrol enrolment={enrolment} isBusy={confirm.isPending} error={confirm.error} onCode={confirm.mutate} />
        )}
      </Answer>
      <Restart />
    </div>
  );
}
