import { Link } from '@tanstack/react-router';
import { Fragment } from 'react';
import type { AuditRow } from '../../../core/contract/audit.ts';
import { Moment } from '../../components/Moments.tsx';
import { StateMark } from '../../components/StateMark.tsx';
import { Table } from '../../components/Table.tsx';
import { AuditDetail } from './AuditDetail.tsx';
import { actionText, useAuditTexts } from './texts.ts';

const MARKS = { done: 'up', refused: 'degraded', failed: 'down' } as const;

function Who({ actor }: Pick<AuditRow, 'actor'>) {
  const { a } = useAuditTexts();
  switch (actor.kind) {
    case 'account':
      return (
        <Link
          to="/audit"
          search={(previous) => ({ ...previous, actor: actor.id ?? undefined, who: actor.name, open: undefined })}
        >
          {actor.name}
        </Link>
      );
    case 'token':
      return `${a.token} ${actor.name}`;
    case 'officer':
      return a.officer;
    case 'system':
      return a.system;
    case 'nobody':
      return (
        <>
          {actor.name}
          <span className="sub">{a.nobody}</span>
        </>
      );
  }
}

/** Where a thing has a screen of its own. */
function Target({ target }: Pick<AuditRow, 'target'>) {
  const { a } = useAuditTexts();
  if (target === null) return <span className="zero">–</span>;
  const name = target.name ?? a.kinds[target.kind] ?? target.kind;
  if (target.id !== null) {
    if (target.kind === 'device')
      return (
        <Link to="/devices/$deviceId" params={{ deviceId: target.id }}>
          {name}
        </Link>
      );
    if (target.kind === 'site')
      return (
        <Link to="/sites/$siteId" params={{ siteId: target.id }}>
          {name}
        </Link>
      );
    if (target.kind === 'incident')
      return (
        <Link to="/incidents/$incidentId" params={{ incidentId: target.id }}>
          {name}
        </Link>
      );
  }
  return name;
}

/** Newest first; one row opens at a time, below itself. */
export function AuditTable(props: {
  readonly rows: readonly AuditRow[];
  readonly open: string | undefined;
  readonly onOpen: (seq: string | undefined) => void;
}) {
  const { a } = useAuditTexts();
  const { column } = a;
  return (
    <Table
      className="audit-table"
      columns={[
        column.at,
        column.who,
        column.what,
        [column.target, 'wide-only'],
        [column.from, 'wide-only'],
        column.outcome,
      ]}
    >
      {props.rows.map((row) => {
        const isOpen = props.open === String(row.seq);
        return (
          <Fragment key={row.seq}>
            <tr aria-current={isOpen}>
              <td className="audit-when">
                <Moment at={row.at} />
              </td>
              <td>
                <Who actor={row.actor} />
              </td>
              <th scope="row">
                <button
                  type="button"
                  className="audit-open"
                  aria-expanded={isOpen}
                  aria-label={`${actionText(row.action, row.target?.kind ?? null, a)}: ${isOpen ? a.close : a.open}`}
                  onClick={() => props.onOpen(isOpen ? undefined : String(row.seq))}
                >
                  {actionText(row.action, row.target?.kind ?? null, a)}
                </button>
                {row.target?.name != null && <span className="sub narrow-only">{row.target.name}</span>}
              </th>
              <td className="wide-only audit-wraps">
                <Target target={row.target} />
              </td>
              <td className="wide-only">
                <span className="mono">{row.address}</span>
                <span className="sub">{row.agent}</span>
              </td>
              <td>
                <span className="state-word">
                  <StateMark mark={MARKS[row.outcome]} size={10} />
                  <span className="audit-outcome">{a.outcome[row.outcome]}</span>
                </span>
              </td>
            </tr>
            {isOpen && (
              <tr className="audit-opened">
                <td colSpan={6}>
                  <AuditDetail row={row} />
                </td>
              </tr>
            )}
          </Fragment>
        );
      })}
    </Table>
  );
}
