import { DAY } from '../../../core/domain/clock.ts';
import { Segments } from '../Filters.tsx';
import { dayText } from '../form/local-time.ts';
import { nthOf, REPEATS, type Repeat, type RepeatEnd, WEEKDAYS } from './repeat.ts';
import { useMaintenanceTexts } from './texts.ts';

type Props = {
  readonly repeat: Repeat;
  /** When it first starts, UTC ms. */
  readonly firstAt: number;
  readonly onChange: (repeat: Repeat) => void;
};

const ENDS = ['never', 'day', 'count'] as const;
const USUAL_COUNT = 10;
const USUAL_SPAN_MS = 90 * DAY;
const MOST_INTERVAL = 366;
const MOST_COUNT = 9_999;

const whole = (text: string, most: number): number => Math.min(most, Math.max(1, Math.round(Number(text)) || 1));

function Weekdays({ repeat, firstAt, onChange }: Props) {
  const { m, f } = useMaintenanceTexts();
  const first = new Date(firstAt + f.zone.offsetMs).getUTCDay();
  const chosen = repeat.weekdays.length === 0 ? [first] : repeat.weekdays;
  const toggle = (day: number) => {
    const next = chosen.includes(day) ? chosen.filter((one) => one !== day) : [...chosen, day];
    if (next.length > 0) onChange({ ...repeat, weekdays: next });
  };
  return (
    <fieldset className="choice segments weekdays" aria-label={m.repeat.days}>
      {WEEKDAYS.map((day) => (
        <button key={day} type="button" aria-pressed={chosen.includes(day)} onClick={() => toggle(day)}>
          {m.repeat.weekday[day]}
        </button>
      ))}
    </fieldset>
  );
}

function End({ repeat, firstAt, onChange }: Props) {
  const { m, f } = useMaintenanceTexts();
  const words = m.repeat;
  const { end } = repeat;
  const become = (kind: RepeatEnd['kind']): RepeatEnd => {
    if (kind === 'count') return { kind, count: USUAL_COUNT };
    return kind === 'day' ? { kind, day: dayText(firstAt + USUAL_SPAN_MS, f.zone) } : { kind };
  };
  return (
    <div className="form-pair">
      <label className="labelled">
        {words.ends}
        <select
          className="field"
          value={end.kind}
          onChange={({ target }) =>
            onChange({ ...repeat, end: become(ENDS.find((kind) => kind === target.value) ?? 'never') })
          }
        >
          {ENDS.map((kind) => (
            <option key={kind} value={kind}>
              {words.end[kind]}
            </option>
          ))}
        </select>
      </label>
      {end.kind === 'count' && (
        <label className="labelled">
          {words.countLabel}
          <input
            className="field"
            type="number"
            min={1}
            max={MOST_COUNT}
            value={end.count}
            onChange={({ target }) =>
              onChange({ ...repeat, end: { kind: 'count', count: whole(target.value, MOST_COUNT) } })
            }
          />
        </label>
      )}
      {end.kind === 'day' && (
        <label className="labelled">
          {words.dayLabel}
          <input
            className="field"
            type="date"
            required
            value={end.day}
            onChange={({ target }) => {
              if (target.value !== '') onChange({ ...repeat, end: { kind: 'day', day: target.value } });
            }}
          />
        </label>
      )}
    </div>
  );
}

/** How often something comes again, without the language of calendars. */
export function RepeatFields({ repeat, firstAt, onChange }: Props) {
  const { m, f } = useMaintenanceTexts();
  const words = m.repeat;
  const weekday = words.weekday[new Date(firstAt + f.zone.offsetMs).getUTCDay()] ?? '';
  const nth = nthOf(firstAt, f.zone);
  return (
    <fieldset className="group">
      <legend>{words.label}</legend>
      <Segments
        label={words.label}
        value={repeat.kind}
        options={REPEATS.map((value) => ({ value, text: words.kind[value] }))}
        onChange={(kind) => onChange({ ...repeat, kind })}
      />
      {repeat.kind !== 'none' && (
        <label className="labelled repeat-interval">
          {words.interval[repeat.kind]}
          <input
            className="field"
            type="number"
            min={1}
            max={MOST_INTERVAL}
            value={repeat.interval}
            onChange={({ target }) => onChange({ ...repeat, interval: whole(target.value, MOST_INTERVAL) })}
          />
        </label>
      )}
      {repeat.kind === 'weekly' && <Weekdays repeat={repeat} firstAt={firstAt} onChange={onChange} />}
      {repeat.kind === 'monthly' && (
        <label className="labelled">
          {words.monthDay}
          <select
            className="field"
            value={repeat.nth === null ? 'date' : 'nth'}
            onChange={({ target }) => onChange({ ...repeat, nth: target.value === 'nth' ? nth : null })}
          >
            <option value="date">{words.onDate(f.number(Number(dayText(firstAt, f.zone).slice(8))))}</option>
            <option value="nth">{words.onNth(words.nth(nth), weekday)}</option>
          </select>
        </label>
      )}
      {repeat.kind !== 'none' && <End repeat={repeat} firstAt={firstAt} onChange={onChange} />}
    </fieldset>
  );
}
