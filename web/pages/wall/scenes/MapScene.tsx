import type { WallView } from '../../../../core/contract/walls.ts';
import { VILLAGE_STATES } from '../../../../core/domain/state.ts';
import type { Scene } from '../../../map/scene.ts';
import { Figure } from '../Figures.tsx';
import { Panel, type PanelTexts } from '../Panel.tsx';
import { PlainMap, type PlainPoint } from '../PlainMap.tsx';

export type SceneProps = PanelTexts & { readonly view: WallView };

type Props = SceneProps & {
  readonly scene: Scene | null;
  readonly points: readonly PlainPoint[];
  readonly countsOf: (code: string) => NonNullable<WallView['counts']>['villages'] | undefined;
  readonly unit: number;
};

export function MapScene({ view, texts, now, scene, points, countsOf, unit }: Props) {
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
      <Panel texts={texts} now={now} title={w.inProgramme} asOf={counts?.asOf ?? null} span={4}>
        {counts !== null && (
          <>
            <ul className="wall-figures">
              {VILLAGE_STATES.map((state) => (
                <Figure key={state} mark={state} count={counts.villages[state]} what={t.state[state]} texts={texts} />
              ))}
            </ul>
            <p className="wall-foot wall-quiet">
              {counts.villageCount === null
                ? w.villages(f.number(counts.villagesInProgramme))
                : w.villagesOf(f.number(counts.villagesInProgramme), f.number(counts.villageCount))}
            </p>
          </>
        )}
      </Panel>
    </>
  );
}
