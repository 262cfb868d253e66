import type { OwnSession } from '../../../core/contract/security.ts';
import { Ago, Moment } from '../../components/Moments.tsx';
import { Table } from '../../components/Table.tsx';
import { Sure } from '../portal/Sure.tsx';
import { useSecurityTexts } from './texts.ts';
import './security.css';

type Props = {
  readonly sessions: readonly OwnSession[];
  readonly isBusy: boolean;
  readonly onEnd: (sessionId: string) => void;
};

/** Where an account is signed in; the one that looks ends itself by signing out. */
export function SessionTable({ sessions, isBusy, onEnd }: Props) {
  const { s } = useSecurityTexts();
  if (sessions.length === 0) return <p className="secondary">{s.sessions.none}</p>;
  return (
    <Table
      columns={[
        s.sessions.browser,
        [s.sessions.network, 'wide-only'],
        [s.sessions.since, 'wide-only'],
        s.sessions.seen,
        ['', 'number'],
      ]}
    >
      {sessions.map((session) => {
        const name = session.browser ?? s.sessions.unknown;
        return (
          <tr key={session.id}>
            <th scope="row">
              <span className="name">{name}</span>
              {session.way === 'oidc' && <span className="sub">{s.sessions.byProvider}</span>}
            </th>
            <td className="wide-only mono">{session.network ?? s.sessions.noNetwork}</td>
            <td className="wide-only">
              <Moment at={session.createdAt} />
            </td>
            <td>
              <Ago at={session.lastSeenAt} />
            </td>
            <td className="number">
              {session.isThis ? (
                <span className="muted">{s.sessions.here}</span>
              ) : (
                <Sure
                  text={s.sessions.end}
                  question={s.sessions.endSure}
                  isBusy={isBusy}
                  onSure={() => onEnd(session.id)}
                />
              )}
            </td>
          </tr>
        );
      })}
    </Table>
  );
}
