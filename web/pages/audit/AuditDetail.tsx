import type { AuditRow } from '../../../core/contract/audit.ts';
import { Facts } from '../../components/Facts.tsx';
import { Table } from '../../components/Table.tsx';
import { useAuditTexts } from './texts.ts';

type Fields = Readonly<Record<string, unknown>>;

/** One side as fields; what is no thing with fields stands under a dash. */
const fieldsOf = (side: unknown): Fields =>
  side === null ? {} : typeof side === 'object' && !Array.isArray(side) ? (side as Fields) : { '–': side };

const shown = (value: unknown): string =>
  value === undefined || value === null ? '–' : typeof value === 'string' ? value : JSON.stringify(value, null, 1);

/** What one row tells: the call, and its fields before and after beside each other. */
export function AuditDetail({ row }: { readonly row: AuditRow }) {
  const { a, f } = useAuditTexts();
  const [before, after] = [fieldsOf(row.before), fieldsOf(row.after)];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return (
    <div className="audit-detail">
      <Facts
        facts={[
          { term: a.column.at, value: f.exact(row.at) },
          { term: a.call, value: <span className="mono audit-wraps">{row.action}</span> },
          {
            term: a.region,
            value: row.regionCode === '' ? a.everyRegion : <span className="mono">{row.regionCode}</span>,
          },
          { term: a.row, value: f.number(row.seq) },
        ]}
      />
      {names.length === 0 ? (
        <p className="secondary">{a.noFields}</p>
      ) : (
        <Table columns={[a.field, a.before, a.after]} className="audit-fields">
          {names.map((name) => (
            <tr key={name}>
              <th scope="row" className="mono">
                {name}
              </th>
              <td className={(before[name] ?? null) !== null ? 'audit-before' : 'zero'}>{shown(before[name])}</td>
              <td className={(after[name] ?? null) !== null ? 'audit-after' : 'zero'}>{shown(after[name])}</td>
            </tr>
          ))}
        </Table>
      )}
    </div>
  );
}
