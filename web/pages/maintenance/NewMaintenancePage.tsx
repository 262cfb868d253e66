import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import type { MaintenanceWindow, NewMaintenanceWindow } from '../../../core/contract/maintenance.ts';
import { DAY, HOUR, MINUTE } from '../../../core/domain/clock.ts';
import type { RegionCode } from '../../../core/domain/region.ts';
import { cancelMaintenance, createMaintenance } from '../../api/endpoints.ts';
import { maintenanceQuery } from '../../api/queries.ts';
import { MomentField } from '../../components/form/MomentField.tsx';
import { Wrong } from '../../components/form/Wrong.tsx';
import { RepeatFields } from '../../components/maintenance/RepeatFields.tsx';
import { ONCE, type Repeat, repeatOf, repeatText, ruleOf } from '../../components/maintenance/repeat.ts';
import { useMaintenanceTexts } from '../../components/maintenance/texts.ts';
import { nextTimes } from '../../components/maintenance/times.ts';
import { useNow } from '../../components/now.ts';
import { Answer, Empty, PageHead, Skeleton } from '../../components/Screen.tsx';
import { type Target, TargetPicker } from '../../components/targets/TargetPicker.tsx';
import { useTexts } from '../../i18n/texts.tsx';
import { useTargetsOf } from './targets.ts';
import '../../components/form/form.css';
import '../../components/maintenance/maintenance.css';

const SHOWN_TIMES = 5;
const QUARTER_MS = 15 * MINUTE;
const LONGEST_MS = 31 * DAY;
/** A region of the form's zone, for windows whose place is not known yet. */
const provinceOf = (targets: readonly Target[], known: string): RegionCode | '' =>
  targets.find(({ kind }) => kind === 'region')?.id ?? known;

type Draft = {
  readonly title: string;
  readonly note: string;
  readonly startsAt: number;
  readonly endsAt: number;
  readonly repeat: Repeat;
  /** Of a rule that was written by hand, and says more than the form can. */
  readonly rule: string | null;
  readonly targets: readonly Target[];
};

const idsOf = (targets: readonly Target[], kind: Target['kind']): string[] =>
  targets.filter((target) => target.kind === kind).map(({ id }) => id);

function Times({
  draft,
  rule,
  regionCode,
}: {
  readonly draft: Draft;
  readonly rule: string | null;
  readonly regionCode: string;
}) {
  const { m, f } = useMaintenanceTexts();
  const now = useNow();
  const { startsAt, endsAt } = draft;
  const isPast = startsAt < now;
  const window = { startsAt, endsAt, recurrence: rule, regionCode };
  const ahead = nextTimes(window, Math.max(startsAt, now), SHOWN_TIMES);
  const times = ahead.length > 0 ? ahead : nextTimes(window, startsAt, SHOWN_TIMES);
  return (
    <div className="labelled">
      <p>{repeatText(rule, startsAt, m.repeat, f)}</p>
      {times.length === 0 ? (
        <p className="wrong">{m.noTimes}</p>
      ) : (
        <ol className="next-times form-hint">
          {times.map(({ from, to }) => (
            <li key={from}>
              {f.dated(from)} – {f.isSameDay(from, to) ? f.clock(to) : f.dated(to)}
            </li>
          ))}
        </ol>
      )}
      {isPast && <p className="form-hint">{m.afterwardsHint}</p>}
    </div>
  );
}

function Form({ initial, changed }: { readonly initial: Draft; readonly changed: MaintenanceWindow | null }) {
  const { t, m, f } = useMaintenanceTexts();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [draft, setDraft] = useState(initial);
  const set = (more: Partial<Draft>) => setDraft({ ...draft, ...more });
  const rule = draft.rule ?? ruleOf(draft.repeat, draft.startsAt, f.zone);
  const lasting = draft.endsAt - draft.startsAt;
  const isGood = lasting > 0 && lasting <= LONGEST_MS && draft.targets.length > 0;
  const save = useMutation({
    mutationFn: async (body: NewMaintenanceWindow) => {
      const made = await createMaintenance({ body });
      // The new one stands before the old one goes: never is there a moment without either.
      if (changed !== null) await cancelMaintenance({ params: { windowId: changed.id } });
      return made;
    },
    onSuccess: async () => {
      await Promise.all(
        [['maintenance'], ['incidents'], ['incident']].map((queryKey) => queryClient.invalidateQueries({ queryKey })),
      );
      await navigate({ to: '/maintenance' });
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!isGood) return;
    save.mutate({
      title: draft.title.trim(),
      note: draft.note.trim(),
      startsAt: draft.startsAt,
      endsAt: draft.endsAt,
      recurrence: rule,
      deviceIds: idsOf(draft.targets, 'device'),
      siteIds: idsOf(draft.targets, 'site'),
      regionCodes: idsOf(draft.targets, 'region'),
    });
  };
  return (
    <form className="form" onSubmit={submit}>
      <label className="labelled">
        {m.titleLabel}
        <input
          className="field"
          required
          maxLength={200}
          pattern=".*\S.*"
          autoComplete="off"
          placeholder={m.titleHint}
          value={draft.title}
          onChange={({ target }) => set({ title: target.value })}
        />
      </label>
      <TargetPicker label={m.targets} chosen={draft.targets} onChange={(targets) => set({ targets })} />
      <div className="form-pair">
        <MomentField
          label={m.starts}
          at={draft.startsAt}
          onChange={(startsAt) => set({ startsAt, endsAt: startsAt + Math.max(QUARTER_MS, lasting) })}
        />
        <MomentField label={m.ends} at={draft.endsAt} onChange={(endsAt) => set({ endsAt })} />
      </div>
      {(lasting <= 0 || lasting > LONGEST_MS) && (
        <p role="alert" className="wrong">
          {m.wrongEnd}
        </p>
      )}
      {draft.rule === null ? (
        <RepeatFields repeat={draft.repeat} firstAt={draft.startsAt} onChange={(repeat) => set({ repeat })} />
      ) : (
        <p>
          <span className="mono">{draft.rule}</span>{' '}
          <button type="button" className="button quiet" onClick={() => set({ rule: null })}>
            {m.repeat.instead}
          </button>
        </p>
      )}
      <Times draft={draft} rule={rule} regionCode={provinceOf(draft.targets, changed?.regionCode ?? '')} />
      <label className="labelled">
        {m.note}
        <textarea
          className="field"
          rows={3}
          maxLength={2000}
          value={draft.note}
          onChange={({ target }) => set({ note: target.value })}
        />
      </label>
      {draft.targets.length === 0 && <p className="form-hint">{m.targetsHint}</p>}
      <Wrong error={save.error} />
      <div className="form-actions">
        <button type="submit" className="button primary" disabled={!isGood || save.isPending}>
          {changed === null ? m.announce : t.action.save}
        </button>
        <Link to="/maintenance" className="button quiet">
          {t.action.cancel}
        </Link>
      </div>
    </form>
  );
}

function Fresh({ targets }: { readonly targets: readonly Target[] }) {
  const [startsAt] = useState(() => Math.ceil(Date.now() / HOUR) * HOUR);
  const draft = { title: '', note: '', startsAt, endsAt: startsAt + 2 * HOUR, repeat: ONCE, rule: null, targets };
  return <Form initial={draft} changed={null} />;
}

function Changed({ window }: { readonly window: MaintenanceWindow }) {
  const { f } = useTexts();
  const targets = useTargetsOf(window);
  if (targets === null) return <Skeleton height={320} />;
  const repeat = repeatOf(window.recurrence, f.zone);
  const { title, note, startsAt, endsAt } = window;
  const draft = {
    title,
    note,
    startsAt,
    endsAt,
    targets,
    repeat: repeat ?? ONCE,
    rule: repeat === null ? window.recurrence : null,
  };
  return <Form initial={draft} changed={window} />;
}

/** Announces maintenance, changes what was announced, or tells of it afterwards. */
export function NewMaintenancePage() {
  const { m } = useMaintenanceTexts();
  const { change, device, site } = useSearch({ from: '/maintenance/new' });
  const list = useQuery({ ...maintenanceQuery({ pageSize: 500 }), enabled: change !== undefined });
  const asked = useTargetsOf({
    deviceIds: device === undefined ? [] : [device],
    siteIds: site === undefined ? [] : [site],
    regionCodes: [],
  });
  return (
    <div className="page">
      <PageHead
        title={change === undefined ? m.add : m.change}
        context={change === undefined ? m.addHint : m.changeHint}
      />
      {change === undefined ? (
        asked === null ? (
          <Skeleton height={320} />
        ) : (
          <Fresh targets={asked} />
        )
      ) : (
        <Answer query={list} what={m.title}>
          {({ items }) => {
            const window = items.find(({ id }) => id === change);
            return window === undefined ? <Empty title={m.gone} /> : <Changed key={window.id} window={window} />;
          }}
        </Answer>
      )}
    </div>
  );
}
