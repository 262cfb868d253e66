import { shortName } from '../../../map/labels.ts';
import { cutsOf, StateFigures, StripRow, StripRows, sumOf, totalOf } from '../Figures.tsx';
import { Panel, Row, Well } from '../Panel.tsx';
import type { SceneProps } from './MapScene.tsx';

const ROWS_SHOWN = 6;

export function AgenciesScene({ view, texts, now }: SceneProps) {
  const { f, w } = texts;
  const { counts } = view;
  const states = sumOf(counts?.rows.map((row) => row.agencies) ?? []);
  const planned = counts?.rows.reduce((sum, row) => sum + row.agenciesPlanned, 0) ?? 0;
  const connected = totalOf(states);
  const regions = counts?.rows.filter((row) => totalOf(row.agencies) > 0) ?? [];
  return (
    <>
      {view.wall.variant === 'internal' ? (
        <Listed view={view} texts={texts} now={now} connected={connected} />
      ) : (
        <Panel texts={texts} now={now} title={w.byRegion} asOf={counts?.asOf ?? null} span={8}>
          {regions.length === 0 ? (
            <Well text={w.noAgency} />
          ) : (
            <StripRows>
              {regions.map(({ code, name, agencies }) => (
                <StripRow key={code} name={shortName(name)} cuts={cutsOf(agencies)} texts={texts} />
              ))}
            </StripRows>
          )}
        </Panel>
      )}
      <Panel texts={texts} now={now} title={w.scene.agencies} asOf={counts?.asOf ?? null} span={4}>
        <StateFigures counts={states} planned={planned} foot={w.connected(f.number(connected))} texts={texts} />
      </Panel>
    </>
  );
}

/** Agencies by name that are not well; where all are, those that come next. */
function Listed({ view, texts, now, connected }: SceneProps & { readonly connected: number }) {
  const { t, f, w } = texts;
  const { agencies } = view;
  const items = agencies?.items ?? [];
  const troubled = items.filter(({ state }) => state !== 'planned');
  const listed = troubled.length > 0 ? troubled : items;
  const shown = listed.slice(0, ROWS_SHOWN);
  // The worst come first: what was left out is of the last kind listed.
  const more = listed.length - shown.length + (listed.length === items.length ? (agencies?.omitted ?? 0) : 0);
  const title = troubled.length > 0 || items.length === 0 ? w.notWell : w.next;
  return (
    <Panel texts={texts} now={now} title={title} asOf={agencies?.asOf ?? null} span={8}>
      {shown.length > 0 ? (
        <ul className="wall-rows">
          {shown.map(({ name, regionName, state }) => (
            <Row
              key={`${regionName} ${name}`}
              mark={state}
              name={name}
              text={shortName(regionName)}
              {...(state !== 'planned' && { end: t.state[state] })}
            />
          ))}
        </ul>
      ) : connected === 0 ? (
        <Well text={w.noAgency} />
      ) : (
        <Well mark="up" text={w.allWell} />
      )}
      {more > 0 && <p className="wall-foot wall-quiet">{w.more(f.number(more))}</p>}
    </Panel>
  );
}
