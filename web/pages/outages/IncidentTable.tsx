import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Incident } from '../../../core/contract/incidents.ts';
import { covers } from '../../../core/domain/region.ts';
import { acknowledgeIncident } from '../../api/endpoints.ts';
import { useIncidentWords } from '../../components/incident-words.ts';
import { Moment, Since, SinceCell } from '../../components/Moments.tsx';
import { StateMark } from '../../components/StateMark.tsx';
import { Table } from '../../components/Table.tsx';
import { mayEditInventory, useAccount } from '../../frame/account.ts';
import { useTexts } from '../../i18n/texts.tsx';

function Who({ incident }: { readonly incident: Incident }) {
  const { t } = useTexts();
  const account = useAccount();
  const queryClient = useQueryClient();
  const acknowledge = useMutation({
    mutationFn: () => acknowledgeIncident({ params: { incidentId: incident.id } }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['incidents'] }),
  });
  const { acknowledged, assignee, closedAt } = incident;
  const who = assignee?.name ?? acknowledged?.by;
  if (who !== undefined) return <span className="secondary">{who}</span>;
  const mayWork = account !== null && mayEditInventory(account) && covers(account.regionCode, incident.regionCode);
  if (closedAt !== null || !mayWork) return <span className="muted">{t.incidents.nobody}</span>;
  return (
    <button type="button" className="button" disabled={acknowledge.isPending} onClick={() => acknowledge.mutate()}>
      {t.incidents.acknowledge}
    </button>
  );
}

function Row({ incident }: { readonly incident: Incident }) {
  const { t, f } = useTexts();
  const words = useIncidentWords();
  const { closedAt, startedAt, endedAt, isFlapping } = incident;
  const isOpen = closedAt === null;
  const mark = !isOpen ? 'up' : incident.cause === 'planned' ? 'planned' : 'down';
  const cause = words.cause(incident);
  const since = isOpen ? (
    <Since at={startedAt} />
  ) : (
    <>
      <Moment at={startedAt} /> · {f.lasting((endedAt ?? startedAt) - startedAt)}
    </>
  );
  return (
    <tr>
      <td className="outage-mark">
        <StateMark mark={mark} label={isOpen ? t.outages.open : t.outages.closed} />
      </td>
      <th scope="row">
        <Link to="/incidents/$incidentId" params={{ incidentId: incident.id }} className="name">
          {words.title(incident)}
        </Link>
        {isFlapping && <span className="flapping">{t.incidents.flapping}</span>}
        <span className="sub">{words.place(incident)}</span>
        <span className="sub phone-only">
          {cause.text}
          {cause.sure !== '' && ` · ${cause.sure}`}
        </span>
        <span className="sub phone-only">{words.effect(incident)}</span>
        <span className="sub phone-only">{since}</span>
        <span className="phone-only incident-who">
          <Who incident={incident} />
        </span>
      </th>
      <td className="wide-only">
        {cause.text}
        <span className="sub">{cause.sure}</span>
      </td>
      <td className="wide-only">{words.effect(incident)}</td>
      <td className="wide-only nowrap">
        <SinceCell at={startedAt} {...(isOpen ? {} : { to: endedAt ?? startedAt })} />
      </td>
      <td className="wide-only">
        <Who incident={incident} />
      </td>
    </tr>
  );
}

/** One row an incident: what, why, what it takes down, since when, who is on it. */
export function IncidentTable({ incidents }: { readonly incidents: readonly Incident[] }) {
  const { t } = useTexts();
  const { column } = t.incidents;
  return (
    <Table
      className="outages"
      headClassName="wide-only-rows"
      columns={[
        '',
        [column.what, undefined, 'number'],
        [column.cause, undefined, 'cause'],
        [column.effect, undefined, 'devices'],
        [column.since, undefined, 'started'],
        column.who,
      ]}
    >
      {incidents.map((incident) => (
        <Row key={incident.id} incident={incident} />
      ))}
    </Table>
  );
}
