import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { EDITORS } from '../../../core/contract/contract.ts';
import type { Statement, StatementLink } from '../../../core/contract/statements.ts';
import { SECOND } from '../../../core/domain/clock.ts';
import { Moment } from '../../components/Moments.tsx';
import { useReason } from '../../components/OutageRows.tsx';
import { StateMark } from '../../components/StateMark.tsx';
import { useAccount } from '../../frame/account.ts';
import { Icon } from '../../frame/icons.tsx';
import { useTexts } from '../../i18n/texts.tsx';
import { ConditionBar } from './ConditionBar.tsx';
import { useStatementTexts } from './texts.ts';

const MARKS = { met: 'up', missed: 'down', 'not-judged': 'unknown' } as const;
/** Outages of one link shown at once; all of them stand in the files. */
const MOST_OUTAGES = 50;

const rupiahText = (number: (value: number) => string, amount: number): string => `Rp${number(amount)}`;

/** Seconds as people say them, and exactly where one points. */
function Lasting({ seconds }: { readonly seconds: number }) {
  const { s, f } = useStatementTexts();
  if (seconds === 0) return <span className="zero">0</span>;
  return <span data-tip={s.seconds(f.number(seconds))}>{f.lasting(seconds * SECOND)}</span>;
}

function Availability({ percent }: { readonly percent: number | null }) {
  const { f } = useTexts();
  return percent === null ? <span className="zero">–</span> : `${f.number(percent, 4, 4)} %`;
}

function Detail({ link, statement }: { readonly link: StatementLink; readonly statement: Statement }) {
  const { t, s, f } = useStatementTexts();
  const reasonOf = useReason();
  const { linkId, terms, feeRupiah, restitutionPercent, restitutionRupiah } = link;
  const role = useAccount()?.role;
  const mayEdit = EDITORS.some((editor) => editor === role);
  return (
    <div className="statement-detail">
      <ConditionBar timeline={link.timeline} from={statement.from} to={statement.to} />
      {terms !== null && feeRupiah !== null && restitutionPercent !== null && restitutionRupiah !== null && (
        <p className="secondary small">
          {s.column.restitution}:{' '}
          {s.formula(
            rupiahText(f.number, feeRupiah),
            f.number(restitutionPercent, 4),
            rupiahText(f.number, restitutionRupiah),
          )}
        </p>
      )}
      <p className="statement-links small">
        <Link to="/links/$linkId/terms" params={{ linkId }}>
          {s.openTerms}
        </Link>
      </p>
      {link.exclusions.map((exclusion) => (
        <p key={`${exclusion.from} ${exclusion.reason} ${exclusion.setAt}`} className="secondary small">
          {s.excludedTime(s.condition[exclusion.reason], exclusion.setBy)}, <Moment at={exclusion.from} /> –{' '}
          <Moment at={exclusion.to} />
          {exclusion.note !== '' && ` · ${exclusion.note}`}
        </p>
      ))}
      {link.outages.length > 0 && (
        <ul className="statement-outages">
          {link.outages.slice(0, MOST_OUTAGES).map((outage) => (
            <li key={outage.from}>
              <Moment at={outage.from} /> · <Lasting seconds={outage.seconds} />
              {outage.isOpen && <span className="state-down"> · {t.outages.stillOpen}</span>}
              {outage.countedS < outage.seconds && (
                <span className="secondary">
                  {' · '}
                  {outage.countedS === 0 ? s.notCounted : s.counted(f.lasting(outage.countedS * SECOND))}
                </span>
              )}
              {mayEdit && outage.countedS > 0 && (
                <>
                  {' · '}
                  <Link
                    to="/exclusions"
                    search={{ of: 'link', id: linkId, name: link.name, from: outage.from, to: outage.to }}
                  >
                    {s.exclude}
                  </Link>
                </>
              )}
              <span className="sub">
                {[
                  ...outage.evidence.map(({ device, reason }) => `${device}: ${reasonOf(reason)}`),
                  ...outage.incidents.map(({ number }) => s.incident(f.number(number))),
                ].join('; ')}
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Row({ link, statement }: { readonly link: StatementLink; readonly statement: Statement }) {
  const { s, f } = useStatementTexts();
  const [isOpen, setOpen] = useState(false);
  const { seconds, p95 } = link;
  const count = link.outages.length;
  return (
    <>
      <tr>
        <th scope="row">
          <span className="state-word">
            <StateMark mark={MARKS[link.verdict]} size={10} label={s.verdict[link.verdict]} />
            <span className="name">{link.name}</span>
          </span>
          <span className="sub">
            {link.code}
            <button type="button" className="statement-more" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
              {count === 0 ? s.noOutages : s.outages(f.number(count))}
              <Icon name="chevron" size={14} />
            </button>
          </span>
        </th>
        <td className="number wide-only">
          {link.contractMbps === null ? <span className="zero">–</span> : `${f.number(link.contractMbps, 2)} Mbit/s`}
        </td>
        <td className="number wide-only">
          {link.slaPercent === null ? <span className="zero">–</span> : `${f.number(link.slaPercent, 4)} %`}
        </td>
        <td className={`number verdict-${link.verdict}`}>
          <Availability percent={link.availabilityPercent} />
        </td>
        <td className="number wide-only">
          {p95?.share == null ? <span className="zero">–</span> : f.percent(p95.share, 0)}
        </td>
        <td className="number wide-only">
          <Lasting seconds={seconds.down} />
        </td>
        <td className="number roomy-only">
          <Lasting seconds={seconds.excluded} />
        </td>
        <td className="number">
          {link.restitutionRupiah === null ? (
            <span className="muted statement-no-terms">{s.noTerms}</span>
          ) : (
            rupiahText(f.number, link.restitutionRupiah)
          )}
        </td>
      </tr>
      {isOpen && (
        <tr>
          <td colSpan={8}>
            <Detail link={link} statement={statement} />
          </td>
        </tr>
      )}
    </>
  );
}

/** What was missed by most comes first, and what cannot be judged last. */
const worseFirst = (a: StatementLink, b: StatementLink): number =>
  rankOf(a) - rankOf(b) || (a.availabilityPercent ?? 100) - (b.availabilityPercent ?? 100);
const rankOf = ({ verdict }: StatementLink): number => VERDICTS_IN_ORDER.indexOf(verdict);
const VERDICTS_IN_ORDER: readonly StatementLink['verdict'][] = ['missed', 'met', 'not-judged'];

export function StatementTable({ statement }: { readonly statement: Statement }) {
  const { s, f } = useStatementTexts();
  const { totals } = statement;
  const { column } = s;
  return (
    <div className="table-box">
      <table className="table statement">
        <thead>
          <tr>
            <th scope="col">{column.link}</th>
            <th scope="col" className="number wide-only">
              {column.contract}
            </th>
            <th scope="col" className="number wide-only">
              {column.sla}
            </th>
            <th scope="col" className="number">
              {column.availability}
            </th>
            <th scope="col" className="number wide-only">
              {column.p95}
            </th>
            <th scope="col" className="number wide-only">
              {column.down}
            </th>
            <th scope="col" className="number roomy-only">
              {column.excluded}
            </th>
            <th scope="col" className="number">
              {column.restitution}
            </th>
          </tr>
        </thead>
        <tbody>
          {statement.links.toSorted(worseFirst).map((link) => (
            <Row key={link.linkId} link={link} statement={statement} />
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{s.total}</th>
            <td className="wide-only" />
            <td className="wide-only" />
            <td className="number">
              <Availability percent={totals.availabilityPercent} />
            </td>
            <td className="wide-only" />
            <td className="number wide-only">
              <Lasting seconds={totals.seconds.down} />
            </td>
            <td className="number roomy-only">
              <Lasting seconds={totals.seconds.excluded} />
            </td>
            <td className="number">{rupiahText(f.number, totals.restitutionRupiah)}</td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
}
