import type { WallView } from '../../../../core/contract/walls.ts';
import { VILLAGE_STATES } from '../../../../core/domain/state.ts';
import { StateMark } from '../../../components/StateMark.tsx';
import { shortName } from '../../../map/labels.ts';
import { StripRow, StripRows } from '../Figures.tsx';
import { Panel, Well } from '../Panel.tsx';
import type { SceneProps } from './MapScene.tsx';

type Row = NonNullable<WallView['counts']>['rows'][number];

const ROWS_SHOWN = 20;
const CUTS = ['normal', 'unknown', 'partial', 'down'] as const;

const shareWell = ({ villages, villagesInProgramme }: Row): number => villages.normal / villagesInProgramme;

export function VillagesScene({ view, texts, now }: SceneProps) {
  const { t, f, w } = texts;
  const { counts } = view;
  const rows = (counts?.rows ?? [])
    .filter((row) => row.villagesInProgramme > 0)
    .sort((a, b) => shareWell(a) - shareWell(b) || (a.code < b.code ? -1 : 1));
  const more = rows.length - ROWS_SHOWN;
  return (
    <Panel texts={texts} now={now} title={w.scene.villages} asOf={counts?.asOf ?? null} span={12}>
      {rows.length === 0 ? (
        <Well text={w.noVillage} />
      ) : (
        <StripRows>
          {rows.slice(0, ROWS_SHOWN).map(({ code, name, villages }) => (
            <StripRow
              key={code}
              name={shortName(name)}
              cuts={CUTS.map((mark) => ({ mark, count: villages[mark] }))}
              texts={texts}
            />
          ))}
        </StripRows>
      )}
      <p className="wall-legend">
        {VILLAGE_STATES.map((state) => (
          <span key={state} data-none={counts?.villages[state] === 0}>
            <StateMark mark={state} /> {t.state[state]} <strong>{f.number(counts?.villages[state] ?? 0)}</strong>
          </span>
        ))}
        {more > 0 && <span className="wall-quiet">{w.moreWell(f.number(more))}</span>}
      </p>
    </Panel>
  );
}
