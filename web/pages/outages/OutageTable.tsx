import { Link } from '@tanstack/react-router';
import type { Outage } from '../../../core/contract/outages.ts';
import { Moment } from '../../components/Moments.tsx';
import { useNow } from '../../components/now.ts';
import { useReason } from '../../components/OutageRows.tsx';
import { StateMark } from '../../components/StateMark.tsx';
import { Table } from '../../components/Table.tsx';
import { useTexts } from '../../i18n/texts.tsx';

function Row({ outage }: { readonly outage: Outage }) {
  const { t, f } = useTexts();
  const now = useNow();
  const reasonOf = useReason();
  const isOpen = outage.endedAt === null;
  return (
    <tr>
      <td className="outage-mark">
        <StateMark mark={isOpen ? 'down' : 'up'} label={isOpen ? t.state.down : t.outages.closed} />
      </td>
      <th scope="row">
        <Link to="/sites/$siteId" params={{ siteId: outage.siteId }} className="name">
          {outage.siteName}
        </Link>
        <span className="sub">{outage.place}</span>
        <span className="sub phone-only">
          <Moment at={outage.startedAt} /> · {f.lasting((outage.endedAt ?? now) - outage.startedAt)}
          {isOpen && ` · ${t.outages.stillOpen}`}
        </span>
      </th>
      <td className="wide-only">
        <Link to="/devices/$deviceId" params={{ deviceId: outage.deviceId }} className="plain">
          {outage.deviceName}
        </Link>
      </td>
      <td className="wide-only">
        <Moment at={outage.startedAt} />
      </td>
      <td className="wide-only">
        {outage.endedAt === null ? (
          <span className="state-down">{t.outages.stillOpen}</span>
        ) : (
          <Moment at={outage.endedAt} />
        )}
      </td>
      <td className="number wide-only">{f.lasting((outage.endedAt ?? now) - outage.startedAt)}</td>
      <td className="secondary wide-only">{reasonOf(outage.reason)}</td>
    </tr>
  );
}

/** One row an outage of one device. */
export function OutageTable({ outages }: { readonly outages: readonly Outage[] }) {
  const { t } = useTexts();
  return (
    <Table
      className="outages"
      headClassName="wide-only-rows"
      columns={[
        '',
        t.outages.column.place,
        t.outages.column.device,
        t.outages.column.started,
        t.outages.column.ended,
        [t.outages.column.lasting, 'number'],
        t.outages.column.reason,
      ]}
    >
      {outages.map((outage) => (
        <Row key={outage.id} outage={outage} />
      ))}
    </Table>
  );
}
