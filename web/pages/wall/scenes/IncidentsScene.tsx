import type { WallIncident } from '../../../../core/contract/walls.ts';
import { Figure } from '../Figures.tsx';
import { Panel, Row, Well } from '../Panel.tsx';
import type { WallTexts } from '../texts.ts';
import type { SceneProps } from './MapScene.tsx';

const ROWS_SHOWN = 6;

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

export function IncidentsScene({ view, texts, now }: SceneProps) {
  const { t, f, w } = texts;
  const { incidents } = view;
  const shown = incidents?.rows.slice(0, ROWS_SHOWN) ?? [];
  const more = (incidents?.total ?? 0) - shown.length;
  const lastEndedAt = incidents?.lastEndedAt ?? null;
  return (
    <>
      <Panel texts={texts} now={now} title={w.scene.incidents} asOf={incidents?.asOf ?? null} span={8}>
        {shown.length === 0 ? (
          <Well
            mark="up"
            text={w.noIncident}
            quiet={lastEndedAt === null ? undefined : w.lastEnded(f.ago(lastEndedAt, now))}
          />
        ) : (
          <ol className="wall-rows">
            {shown.map((row) => (
              <Row
                key={`${row.startedAt} ${titleOf(row, texts)} ${row.devices}`}
                mark="down"
                name={titleOf(row, texts)}
                text={effectOf(row, texts)}
                quiet={t.incidents.cause[row.cause]}
                end={f.since(row.startedAt, now)}
              />
            ))}
          </ol>
        )}
        {more > 0 && <p className="wall-foot wall-quiet">{w.more(f.number(more))}</p>}
      </Panel>
      <Panel texts={texts} now={now} title={w.handling} asOf={incidents?.asOf ?? null} span={4}>
        {incidents !== null && (
          <ul className="wall-figures">
            <Figure mark="down" count={incidents.total} what={w.open} texts={texts} />
            <Figure mark="degraded" count={incidents.waiting} what={w.waitingHands} texts={texts} />
            <Figure mark="planned" count={incidents.total - incidents.waiting} what={w.inHands} texts={texts} />
          </ul>
        )}
      </Panel>
    </>
  );
}
