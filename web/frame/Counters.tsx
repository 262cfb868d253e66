import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import type { State } from '../../core/domain/state.ts';
import { summaryQuery } from '../api/queries.ts';
import { StateMark } from '../components/StateMark.tsx';
import { useTexts } from '../i18n/texts.tsx';

const WRONG = ['down', 'degraded', 'unknown'] as const satisfies readonly State[];

/** What is wrong now; each number opens its list. */
export function Counters() {
  const { t, f } = useTexts();
  const { region } = useSearch({ strict: false });
  const counts = useQuery(summaryQuery({ region })).data?.devices;
  if (counts === undefined) return null;
  const total = counts.up + counts.degraded + counts.down + counts.unknown;
  if (total > 0 && counts.up === total) {
    return (
      <Link to="/devices" className="counter" aria-label={t.counters.allNormal(f.number(total))}>
        <StateMark mark="up" />
        {f.number(total)}
      </Link>
    );
  }
  return (
    <ul className="counters" aria-label={t.counters.label}>
      {WRONG.map((state) => {
        const text = t.counters[state](f.number(counts[state]));
        return (
          <li key={state}>
            <Link
              to="/devices"
              search={{ state }}
              className={`counter ${counts[state] === 0 ? 'counter-zero' : ''}`}
              aria-label={text}
              data-tip={text}
            >
              <StateMark mark={state} />
              {f.number(counts[state])}
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
