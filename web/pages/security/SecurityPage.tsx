import { useQuery } from '@tanstack/react-query';
import { endMyOtherSessions, endMySession, mySecurityQuery, mySessionsQuery } from '../../api/security.ts';
import { Wrong } from '../../components/form/Wrong.tsx';
import { Answer, PageHead, Skeleton } from '../../components/Screen.tsx';
import { Sure } from '../portal/Sure.tsx';
import { useOwnChange } from './change.ts';
import { FactorSection } from './FactorSection.tsx';
import { PasswordSection } from './PasswordSection.tsx';
import { Section } from './Section.tsx';
import { SessionTable } from './SessionTable.tsx';
import { TokensSection } from './TokensSection.tsx';
import { useSecurityTexts } from './texts.ts';
import './security.css';

/** One's own ways in. */
export function SecurityPage() {
  const { s } = useSecurityTexts();
  const facts = useQuery(mySecurityQuery);
  return (
    <div className="page">
      <PageHead title={s.title} context={s.context} />
      <div className="security">
        <Answer query={facts} what={s.title} waiting={<Skeleton rows={6} />}>
          {(known) => (
            <>
              <PasswordSection facts={known} />
              <FactorSection facts={known} />
            </>
          )}
        </Answer>
        <Sessions />
        <TokensSection />
      </div>
    </div>
  );
}

function Sessions() {
  const { s, f } = useSecurityTexts();
  const query = useQuery(mySessionsQuery);
  const end = useOwnChange((sessionId: string) => endMySession({ params: { sessionId } }));
  const endOthers = useOwnChange(() => endMyOtherSessions({}));
  return (
    <Section title={s.sessions.title} text={s.sessions.text}>
      <Answer query={query} what={s.sessions.title} waiting={<Skeleton rows={2} />}>
        {({ items }) => (
          <>
            <SessionTable sessions={items} isBusy={end.isPending} onEnd={end.mutate} />
            {items.length > 1 && (
              <Sure
                isMain
                text={s.sessions.endOthers}
                question={s.sessions.endOthersSure}
                isBusy={endOthers.isPending}
                onSure={() => endOthers.mutate(undefined)}
              />
            )}
          </>
        )}
      </Answer>
      <Wrong error={end.error ?? endOthers.error} />
      {endOthers.data !== undefined && (
        <p role="status" className="done-line">
          {s.sessions.ended(f.number(endOthers.data.ended))}
        </p>
      )}
    </Section>
  );
}
