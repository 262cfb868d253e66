import type { StateCounts } from '../../../core/contract/common.ts';
import type { WallIncident, WallView } from '../../../core/contract/walls.ts';
import { VILLAGE_STATES } from '../../../core/domain/state.ts';
import { StateMark } from '../../components/StateMark.tsx';
import { shortName } from '../../map/labels.ts';
import type { Scene } from '../../map/scene.ts';
import { Curve } from './Curve.tsx';
import { Big, Panel, type PanelTexts, Strip } from './Panel.tsx';
import { PlainMap, type PlainPoint } from './PlainMap.tsx';
import type { WallTexts } from './texts.ts';

export type SceneProps = PanelTexts & { readonly view: WallView };

const totalOf = ({ up, degraded, down, unknown }: StateCounts): number => up + degraded + down + unknown;
const sumOf = (counts: readonly StateCounts[]): StateCounts =>
  counts.reduce(
    (sum, one) => ({
      up: sum.up + one.up,
      degraded: sum.degraded + one.degraded,
      down: sum.down + one.down,
      unknown: sum.unknown + one.unknown,
    }),
    { up: 0, degraded: 0, down: 0, unknown: 0 },
  );

type MapProps = SceneProps & {
  readonly scene: Scene | null;
  readonly points: readonly PlainPoint[];
  readonly countsOf: (code: string) => NonNullable<WallView['counts']>['villages'] | undefined;
  readonly unit: number;
};

export function MapScene({ view, texts, now, scene, points, countsOf, unit }: MapProps) {
  const { t, f, w } = texts;
  const { counts, map } = view;
  return (
    <>
      <Panel texts={texts} now={now} title={w.scene.map} asOf={map?.asOf ?? null} span={8}>
        {scene !== null && (
          <PlainMap
            label={w.scene.map}
            scene={scene}
            points={points}
            countsOf={countsOf}
            unit={unit}
            markPx={11 * unit}
          />
        )}
      </Panel>
      <Panel texts={texts} now={now} title={view.wall.region.name} asOf={counts?.asOf ?? null} span={4}>
        {counts !== null && (
          <div className="wall-column">
            {VILLAGE_STATES.map((state) => (
              <Big key={state} mark={state} value={f.number(counts.villages[state])} what={t.state[state]} />
            ))}
            <p className="wall-quiet">
              {counts.villageCount === null
                ? w.ofProgramme(f.number(counts.villagesInProgramme))
                : w.ofAll(f.number(counts.villagesInProgramme), f.number(counts.villageCount))}
            </p>
          </div>
        )}
      </Panel>
    </>
  );
}

function titleOf({ root, rootKind, regionName }: WallIncident, { t, w }: WallTexts): string {
  if (root === null) return w.incidentIn(regionName);
  const { heading } = t.incidents;
  if (rootKind === 'place') return heading.place(root.place.split(', ')[0] ?? root.siteName);
  return heading[rootKind](rootKind === 'device' ? root.deviceName : root.siteName);
}

function effectOf(incident: WallIncident, { t, f }: WallTexts): string {
  const { villages, agencies, population, devices } = incident;
  const { effect } = t.incidents;
  const named = [
    ...(villages > 0 ? [effect.villages(f.number(villages))] : []),
    ...(agencies > 0 ? [effect.agencies(f.number(agencies))] : []),
    ...(population > 0 ? [effect.people(f.number(population))] : []),
  ];
  return named.length > 0 ? named.join(' · ') : effect.devices(f.number(devices));
}

const ROWS_SHOWN = 6;

export function IncidentsScene({ view, texts, now }: SceneProps) {
  const { t, f, w } = texts;
  const { incidents } = view;
  const more = incidents === null ? 0 : incidents.total - Math.min(ROWS_SHOWN, incidents.rows.length);
  return (
    <>
      <Panel texts={texts} now={now} title={w.scene.incidents} asOf={incidents?.asOf ?? null} span={8}>
        {incidents?.rows.length === 0 ? (
          <div className="wall-well">
            <StateMark mark="up" />
            <p>{w.noIncident}</p>
            {incidents.lastEndedAt !== null && (
              <p className="wall-quiet">{w.lastEnded(f.ago(incidents.lastEndedAt, now))}</p>
            )}
          </div>
        ) : (
          <ol className="wall-incidents">
            {incidents?.rows.slice(0, ROWS_SHOWN).map((row) => (
              <li key={`${row.startedAt} ${titleOf(row, texts)} ${row.devices}`}>
                <StateMark mark="down" />
                <strong>{titleOf(row, texts)}</strong>
                <span className="wall-effect">
                  {effectOf(row, texts)} · <span className="wall-quiet">{t.incidents.cause[row.cause]}</span>
                </span>
                <span className="wall-since">{f.since(row.startedAt, now)}</span>
              </li>
            ))}
            {more > 0 && <li className="wall-more wall-quiet">{w.more(f.number(more))}</li>}
          </ol>
        )}
      </Panel>
      <Panel texts={texts} now={now} title={view.wall.region.name} asOf={incidents?.asOf ?? null} span={4}>
        {incidents !== null && (
          <div className="wall-column">
            <Big mark={incidents.total > 0 ? 'down' : 'up'} value={f.number(incidents.total)} what={w.open} />
            <Big
              mark={incidents.waiting > 0 ? 'degraded' : 'up'}
              value={f.number(incidents.waiting)}
              what={w.waitingHands}
              of={w.outOf(f.number(incidents.total))}
            />
          </div>
        )}
      </Panel>
    </>
  );
}

const AGENCIES_SHOWN = 9;

export function AgenciesScene({ view, texts, now }: SceneProps) {
  const { t, f, w } = texts;
  const { counts, agencies } = view;
  const states = sumOf(counts?.rows.map((row) => row.agencies) ?? []);
  const planned = counts?.rows.reduce((sum, row) => sum + row.agenciesPlanned, 0) ?? 0;
  const connected = totalOf(states);
  const listed = agencies?.items.slice(0, AGENCIES_SHOWN) ?? [];
  const more = (agencies?.items.length ?? 0) - listed.length + (agencies?.omitted ?? 0);
  const isPublic = view.wall.variant === 'public';
  return (
    <>
      <Panel texts={texts} now={now} title={w.scene.agencies} asOf={counts?.asOf ?? null} span={4}>
        <div className="wall-column">
          <Big mark="up" value={f.number(states.up)} what={w.alive} of={w.ofConnected(f.number(connected))} />
          <Big mark="down" value={f.number(states.down)} what={t.state.down} of={w.outOf(f.number(connected))} />
          <Big mark="planned" value={f.number(planned)} what={w.planned} />
        </div>
      </Panel>
      <Panel
        texts={texts}
        now={now}
        title={isPublic ? w.byRegion : w.notWell}
        asOf={(isPublic ? counts?.asOf : agencies?.asOf) ?? null}
        span={8}
      >
        {isPublic ? (
          <ul className="wall-regions">
            {counts?.rows
              .filter((row) => totalOf(row.agencies) > 0)
              .map((row) => (
                <StripRow key={row.code} name={shortName(row.name)} states={row.agencies} texts={texts} />
              ))}
          </ul>
        ) : listed.length === 0 ? (
          <div className="wall-well">
            <StateMark mark="up" />
            <p>{w.allWell}</p>
          </div>
        ) : (
          <ul className="wall-list">
            {listed.map(({ name, regionName, state }) => (
              <li key={`${regionName} ${name}`}>
                <StateMark mark={state} />
                <strong>{name}</strong>
                <span className="wall-quiet">{shortName(regionName)}</span>
                <span>{t.state[state]}</span>
              </li>
            ))}
            {more > 0 && <li className="wall-more wall-quiet">{w.more(f.number(more))}</li>}
          </ul>
        )}
      </Panel>
    </>
  );
}

function StripRow(props: { readonly name: string; readonly states: StateCounts; readonly texts: WallTexts }) {
  const { states, texts } = props;
  const { f, w } = texts;
  const parts = (['up', 'unknown', 'degraded', 'down'] as const).map((mark) => ({ mark, count: states[mark] }));
  return (
    <li>
      <span className="wall-region-name">{props.name}</span>
      <Strip parts={parts} />
      <span className="wall-region-count">
        {f.number(states.up)} <span className="wall-quiet">{w.outOf(f.number(totalOf(states)))}</span>
      </span>
    </li>
  );
}

export function VillagesScene({ view, texts, now }: SceneProps) {
  const { t, f, w } = texts;
  const { counts } = view;
  const rows = counts?.rows.filter((row) => row.villagesInProgramme > 0) ?? [];
  return (
    <Panel texts={texts} now={now} title={w.scene.villages} asOf={counts?.asOf ?? null} span={12}>
      <ul className="wall-regions wall-two">
        {rows.slice(0, 20).map(({ code, name, villages }) => (
          <StripRow
            key={code}
            name={shortName(name)}
            states={{
              up: villages.normal,
              degraded: villages.partial,
              down: villages.down,
              unknown: villages.unknown,
            }}
            texts={texts}
          />
        ))}
      </ul>
      <p className="wall-legend">
        {VILLAGE_STATES.map((state) => (
          <span key={state}>
            <StateMark mark={state} /> {t.state[state]}
            {counts !== null && <strong>{f.number(counts.villages[state])}</strong>}
          </span>
        ))}
      </p>
    </Panel>
  );
}

export function PeopleScene({ view, texts, now }: SceneProps) {
  const { t, f, w } = texts;
  const { counts, online } = view;
  const shelters = sumOf(counts?.rows.map((row) => row.shelters) ?? []);
  const total = f.number(totalOf(shelters));
  return (
    <>
      <Panel texts={texts} now={now} title={w.today} asOf={online?.asOf ?? null} span={8}>
        {online !== null && (
          <div className="wall-online">
            <Big value={online.now === null ? t.time.never : f.number(online.now)} what={w.online} />
            <Curve online={online} texts={texts} />
          </div>
        )}
      </Panel>
      <Panel texts={texts} now={now} title={w.shelters} asOf={counts?.asOf ?? null} span={4}>
        <div className="wall-column">
          <Big mark="up" value={f.number(shelters.up)} what={t.state.up} of={w.outOf(total)} />
          <Big mark="degraded" value={f.number(shelters.degraded)} what={t.state.degraded} of={w.outOf(total)} />
          <Big mark="down" value={f.number(shelters.down)} what={t.state.down} of={w.outOf(total)} />
        </div>
      </Panel>
    </>
  );
}

const EYES_SHOWN = 36;

export function CamerasScene({ view, texts, now }: SceneProps) {
  const { f, w } = texts;
  const { eyes } = view;
  const listed = eyes?.items.slice(0, EYES_SHOWN) ?? [];
  const more = (eyes?.items.length ?? 0) - listed.length + (eyes?.omitted ?? 0);
  const figures = eyes !== null && (
    <>
      <Big mark="up" value={f.number(eyes.cameras.up)} what={w.cameras} of={w.outOf(f.number(totalOf(eyes.cameras)))} />
      <Big
        mark="up"
        value={f.number(eyes.webSites.up)}
        what={w.webSites}
        of={w.outOf(f.number(totalOf(eyes.webSites)))}
      />
    </>
  );
  const isEmpty = eyes !== null && totalOf(eyes.cameras) + totalOf(eyes.webSites) === 0;
  if (view.wall.variant === 'public' || isEmpty)
    return (
      <Panel texts={texts} now={now} title={w.scene.cameras} asOf={eyes?.asOf ?? null} span={12}>
        {isEmpty ? <p className="wall-well">{w.noEyes}</p> : <div className="wall-row">{figures}</div>}
      </Panel>
    );
  return (
    <>
      <Panel texts={texts} now={now} title={w.alive} asOf={eyes?.asOf ?? null} span={3}>
        <div className="wall-column">{figures}</div>
      </Panel>
      <Panel texts={texts} now={now} title={w.scene.cameras} asOf={eyes?.asOf ?? null} span={9}>
        <ul className="wall-tiles">
          {listed.map(({ kind, name, regionName, state }) => (
            <li key={`${kind} ${regionName} ${name}`} className={`wall-tile wall-tile-${state}`}>
              <StateMark mark={state} label={texts.t.state[state]} />
              <span className="wall-tile-name">{name}</span>
            </li>
          ))}
        </ul>
        {more > 0 && <p className="wall-quiet">{w.more(f.number(more))}</p>}
      </Panel>
    </>
  );
}
