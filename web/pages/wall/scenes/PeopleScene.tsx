import { Curve } from '../Curve.tsx';
import { StateFigures, sumOf, totalOf } from '../Figures.tsx';
import { Panel, Well } from '../Panel.tsx';
import type { SceneProps } from './MapScene.tsx';

export function PeopleScene({ view, texts, now }: SceneProps) {
  const { f, w } = texts;
  const { counts, online } = view;
  const shelters = sumOf(counts?.rows.map((row) => row.shelters) ?? []);
  return (
    <>
      <Panel texts={texts} now={now} title={w.scene.people} asOf={online?.asOf ?? null} span={8}>
        {online === null || (online.now === null && online.points.every((value) => value === null)) ? (
          <Well text={w.nobodyTells} />
        ) : (
          <>
            {online.now !== null && (
              <p className="wall-online">
                <strong>{f.number(online.now)}</strong> {w.online}
              </p>
            )}
            <Curve online={online} texts={texts} />
            <p className="wall-foot wall-quiet">{w.today}</p>
          </>
        )}
      </Panel>
      <Panel texts={texts} now={now} title={w.shelters} asOf={counts?.asOf ?? null} span={4}>
        {totalOf(shelters) === 0 ? (
          <Well text={w.noShelter} />
        ) : (
          <StateFigures counts={shelters} foot={w.sheltersOf(f.number(totalOf(shelters)))} texts={texts} />
        )}
      </Panel>
    </>
  );
}
