import type { ApiToken } from '../../../core/contract/security.ts';
import { Ago } from '../../components/Moments.tsx';
import { useNow } from '../../components/now.ts';
import { Table } from '../../components/Table.tsx';
import { Sure } from '../portal/Sure.tsx';
import { useSecurityTexts } from './texts.ts';
import './security.css';

type Props = {
  readonly tokens: readonly ApiToken[];
  readonly isBusy: boolean;
  readonly onRevoke: (tokenId: string) => void;
};

export function TokenTable({ tokens, isBusy, onRevoke }: Props) {
  const { s, f } = useSecurityTexts();
  const now = useNow();
  const { column } = s.tokens;
  if (tokens.length === 0) return <p className="secondary">{s.tokens.none}</p>;
  return (
    <Table
      columns={[column.name, [column.may, 'wide-only'], column.expires, [column.used, 'wide-only'], ['', 'number']]}
    >
      {tokens.map((token) => (
        <tr key={token.id}>
          <th scope="row">
            <span className="name">{token.name}</span>
            <span className="sub mono">{token.prefix}…</span>
          </th>
          <td className="wide-only token-scopes">{token.scopes.map((scope) => s.tokens.scope[scope]).join(', ')}</td>
          <td>{token.expiresAt <= now ? <span className="late">{s.tokens.over}</span> : f.date(token.expiresAt)}</td>
          <td className="wide-only">
            {token.lastUsedAt === null ? (
              <span className="muted">{s.tokens.never}</span>
            ) : (
              <Ago at={token.lastUsedAt} />
            )}
          </td>
          <td className="number">
            <Sure
              text={s.tokens.revoke}
              question={s.tokens.revokeSure}
              isBusy={isBusy}
              onSure={() => onRevoke(token.id)}
            />
          </td>
        </tr>
      ))}
    </Table>
  );
}
