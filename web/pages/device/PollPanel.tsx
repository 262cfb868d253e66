import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { PollAnswer, PollAsk } from '../../../core/contract/poll.ts';
import { pollQuery } from '../../api/device.ts';
import { ApiError } from '../../api/endpoint.ts';
import { useNow } from '../../components/now.ts';
import { Failure } from '../../components/Screen.tsx';
import { StateMark } from '../../components/StateMark.tsx';
import { save } from './chart-file.ts';
import { useDeviceTexts } from './texts.ts';

const FIRST_ROWS = 60;

function Verdict({ answer }: { readonly answer: PollAnswer }) {
  const { d, f } = useDeviceTexts();
  const { reach, poll } = answer;
  const why = (failure: string): string => d.poll.failure[failure] ?? failure;
  return (
    <ul className="poll-verdict">
      <li>
        <StateMark mark={reach.failure === null ? 'up' : 'down'} />
        {reach.failure !== null
          ? `${d.poll.dead(reach.probe)}: ${why(reach.failure)}`
          : reach.roundTripMs === null
            ? d.poll.aliveOnly(reach.probe)
            : d.poll.alive(reach.probe, f.number(reach.roundTripMs, 1))}
      </li>
      {poll === null ? (
        <li>
          <StateMark mark="unknown" />
          {d.poll.noCredential}
        </li>
      ) : (
        poll.failure !== null && (
          <li>
            <StateMark mark="down" />
            {d.poll.unread(poll.probe)}: {why(poll.failure)}
            {poll.detail !== null && <span className="muted"> ({poll.detail})</span>}
          </li>
        )
      )}
    </ul>
  );
}

/** A long table that is looked through by a word. */
function Rows(props: {
  readonly title: string;
  readonly hint?: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly isMono?: boolean;
}) {
  const { d, f } = useDeviceTexts();
  const { title, hint, head, rows, isMono = false } = props;
  const [word, setWord] = useState('');
  const [isWhole, setWhole] = useState(false);
  const wanted = word.trim().toLowerCase();
  const found = wanted === '' ? rows : rows.filter((row) => row.some((text) => text.toLowerCase().includes(wanted)));
  const shown = isWhole ? found : found.slice(0, FIRST_ROWS);
  if (rows.length === 0) return null;
  return (
    <section className="poll-rows">
      <header>
        <h3>{title}</h3>
        <label>
          <span className="hidden-visually">
            {d.poll.filter}: {title}
          </span>
          <input
            className="field"
            type="search"
            placeholder={d.poll.filter}
            value={word}
            onChange={({ target }) => setWord(target.value)}
          />
        </label>
        <span className="muted small" role="status">
          {d.poll.shown(f.number(shown.length), f.number(rows.length))}
        </span>
      </header>
      {hint !== undefined && <p className="small muted">{hint}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <section className="poll-table" tabIndex={0} aria-label={title}>
        <table className={isMono ? 'table mono' : 'table'}>
          <thead>
            <tr>
              {head.map((text) => (
                <th key={text} scope="col">
                  {text}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: an answer does not change
              <tr key={at}>
                {row.map((text, column) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: as above
                  <td key={column}>{text}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {shown.length < found.length && (
        <button type="button" className="poll-more" onClick={() => setWhole(true)}>
          {d.readings.more(f.number(found.length - shown.length))}
        </button>
      )}
    </section>
  );
}

function Answered({ answer }: { readonly answer: PollAnswer }) {
  const { d, f } = useDeviceTexts();
  const { readings, interfaces, raw, isCut } = answer;
  const json = () =>
    save(new Blob([JSON.stringify(answer, null, 2)], { type: 'application/json' }), 'simpul-probe.json');
  return (
    <>
      <p className="secondary">
        {d.poll.answered(f.number(answer.tookMs), answer.collector)}{' '}
        <button type="button" className="poll-more" onClick={json}>
          {d.poll.download}
        </button>
      </p>
      <Verdict answer={answer} />
      <Rows
        title={d.poll.readings}
        head={[d.poll.name, d.poll.value]}
        rows={readings.map(({ group, class: kind, label, index, value, unit }) => [
          [`${group}.${kind}`, label || index].filter((part) => part !== '').join(' · '),
          `${f.number(value, 3)} ${unit}`.trim(),
        ])}
      />
      <Rows
        title={d.poll.ports}
        head={[d.poll.name, d.poll.in, d.poll.out]}
        rows={interfaces.map(({ name, inOctets, outOctets }) => [name, inOctets ?? '–', outOctets ?? '–'])}
      />
      {raw.length === 0 ? (
        <p className="secondary">{d.poll.rawNone}</p>
      ) : (
        <Rows
          title={d.poll.raw}
          hint={isCut ? `${d.poll.rawHint} ${d.poll.rawCut}` : d.poll.rawHint}
          head={[d.poll.question, d.poll.name, d.poll.value]}
          rows={raw.map(({ question, name, value }) => [question, name, value])}
          isMono
        />
      )}
    </>
  );
}

function Waiting({ ask }: { readonly ask: PollAsk }) {
  const { d, f } = useDeviceTexts();
  const now = useNow();
  return (
    <p role="status" className="secondary">
      {ask.status === 'taken' ? d.poll.taken(ask.collector ?? '') : d.poll.waiting}{' '}
      {d.poll.left(f.lasting(Math.max(1000, ask.until - now)))}
    </p>
  );
}

/** What the device says to whoever just asked it. */
export function PollPanel({
  deviceId,
  askId,
  onClose,
}: {
  readonly deviceId: string;
  readonly askId: string;
  readonly onClose: () => void;
}) {
  const { d, t } = useDeviceTexts();
  const query = useQuery(pollQuery(deviceId, askId));
  const ask = query.data;
  const isGone = query.error instanceof ApiError && query.error.code === 'not-found';
  return (
    <section className="poll-panel" aria-label={d.poll.title}>
      <header>
        <h2>{d.poll.title}</h2>
        <button type="button" className="button quiet" onClick={onClose} aria-label={d.poll.close}>
          {t.action.close}
        </button>
      </header>
      {isGone ? (
        <p className="secondary">{d.poll.gone}</p>
      ) : ask === undefined ? (
        query.isError ? (
          <Failure error={query.error} what={d.poll.title} onRetry={() => void query.refetch()} />
        ) : (
          <p role="status" className="secondary">
            {d.poll.waiting}
          </p>
        )
      ) : ask.answer !== null ? (
        <Answered answer={ask.answer} />
      ) : ask.status === 'silent' ? (
        <p role="alert">{ask.collector === null ? d.poll.silentNobody : d.poll.silentTaken(ask.collector)}</p>
      ) : (
        <Waiting ask={ask} />
      )}
    </section>
  );
}
