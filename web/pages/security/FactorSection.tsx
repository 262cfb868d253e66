import { type FormEvent, useState } from 'react';
import type { Enrolment, SignInFacts } from '../../../core/contract/security.ts';
import { ApiError } from '../../api/endpoint.ts';
import { beginSecondFactor, confirmSecondFactor, removeSecondFactor, renewRecoveryCodes } from '../../api/security.ts';
import { Wrong } from '../../components/form/Wrong.tsx';
import { Moment } from '../../components/Moments.tsx';
import { CodeField, codeOf } from './CodeField.tsx';
import { useOwnChange } from './change.ts';
import { Enrol } from './Enrol.tsx';
import { RecoveryCodes } from './RecoveryCodes.tsx';
import { Section } from './Section.tsx';
import { useSecurityTexts } from './texts.ts';

/** What is being done: nothing, proving the password, scanning, or one of the two that take a code. */
type Doing =
  | null
  | 'prove'
  | 'renew'
  | 'remove'
  | { readonly enrolment: Enrolment }
  | { readonly codes: readonly string[] };

export function FactorSection({ facts }: { readonly facts: SignInFacts }) {
  const { s } = useSecurityTexts();
  const [doing, setDoing] = useState<Doing>(null);
  const begin = useOwnChange(
    (password: string) => beginSecondFactor({ body: { password } }),
    (enrolment) => setDoing({ enrolment }),
  );
  const confirm = useOwnChange(
    (code: string) => confirmSecondFactor({ body: { code } }),
    ({ codes }) => setDoing({ codes }),
  );
  const start = () => {
    begin.reset();
    confirm.reset();
    if (facts.hasPassword) setDoing('prove');
    else begin.mutate('');
  };
  return (
    <Section title={s.factor.title} text={s.factor.text}>
      {doing === null && <State facts={facts} onDo={(next) => (next === 'prove' ? start() : setDoing(next))} />}
      {doing === 'prove' && (
        <Proof isBusy={begin.isPending} error={begin.error} onProof={begin.mutate} onCancel={() => setDoing(null)} />
      )}
      {(doing === 'renew' || doing === 'remove') && <ByCode doing={doing} onDone={setDoing} />}
      {doing !== null && typeof doing === 'object' && 'enrolment' in doing && (
        <Enrol enrolment={doing.enrolment} isBusy={confirm.isPending} error={confirm.error} onCode={confirm.mutate} />
      )}
      {doing !== null && typeof doing === 'object' && 'codes' in doing && (
        <RecoveryCodes codes={doing.codes} onKept={() => setDoing(null)} />
      )}
    </Section>
  );
}

function State({
  facts,
  onDo,
}: {
  readonly facts: SignInFacts;
  readonly onDo: (next: 'prove' | 'renew' | 'remove') => void;
}) {
  const { s, f } = useSecurityTexts();
  if (facts.secondFactorSince === null) {
    return (
      <>
        <p>{s.factor.off}</p>
        <button type="button" className="button primary" onClick={() => onDo('prove')}>
          {s.factor.setUp}
        </button>
      </>
    );
  }
  return (
    <>
      <p>
        {s.factor.since} <Moment at={facts.secondFactorSince} /> · {s.factor.left(f.number(facts.recoveryLeft))}
      </p>
      <div className="form-actions">
        <button type="button" className="button" onClick={() => onDo('renew')}>
          {s.factor.renew}
        </button>
        {!facts.secondFactorRequired && (
          <button type="button" className="button quiet" onClick={() => onDo('remove')}>
            {s.factor.remove}
          </button>
        )}
      </div>
      {facts.secondFactorRequired && <p className="form-hint">{s.factor.required}</p>}
    </>
  );
}

function Proof(props: {
  readonly isBusy: boolean;
  readonly error: unknown;
  readonly onProof: (password: string) => void;
  readonly onCancel: () => void;
}) {
  const { s, t } = useSecurityTexts();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    props.onProof(String(new FormData(event.currentTarget).get('password')));
  };
  const isWrong = props.error instanceof ApiError && props.error.code === 'bad-input';
  return (
    <form className="form" onSubmit={submit}>
      <label className="labelled">
        {s.factor.proof}
        <input
          className="field"
          name="password"
          type="password"
          required
          maxLength={200}
          autoComplete="current-password"
        />
      </label>
      {isWrong ? (
        <p className="wrong" role="alert">
          {s.password.wrong}
        </p>
      ) : (
        <Wrong error={props.error} />
      )}
      <div className="form-actions">
        <button type="submit" className="button primary" disabled={props.isBusy}>
          {s.factor.begin}
        </button>
        <button type="button" className="button quiet" onClick={props.onCancel}>
          {t.action.cancel}
        </button>
      </div>
    </form>
  );
}

function ByCode({ doing, onDone }: { readonly doing: 'renew' | 'remove'; readonly onDone: (next: Doing) => void }) {
  const { s, t } = useSecurityTexts();
  const isRenewal = doing === 'renew';
  const change = useOwnChange(
    async (code: string): Promise<Doing> =>
      isRenewal ? await renewRecoveryCodes({ body: { code } }) : await removeSecondFactor({ body: { code } }),
    onDone,
  );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    change.mutate(codeOf(event.currentTarget));
  };
  return (
    <form className="form" onSubmit={submit}>
      <p>{isRenewal ? s.factor.renewText : s.factor.removeText}</p>
      <CodeField label={s.factor.anyCode} takesLetters error={change.error} wrong={s.factor.wrong} />
      <div className="form-actions">
        <button type="submit" className="button primary" disabled={change.isPending}>
          {isRenewal ? s.factor.renew : s.factor.remove}
        </button>
        <button type="button" className="button quiet" onClick={() => onDone(null)}>
          {t.action.cancel}
        </button>
      </div>
    </form>
  );
}
