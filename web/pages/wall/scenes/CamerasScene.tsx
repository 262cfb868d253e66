import type { CSSProperties } from 'react';
import type { StateCounts } from '../../../../core/contract/common.ts';
import { StateMark } from '../../../components/StateMark.tsx';
import { shortName } from '../../../map/labels.ts';
import { totalOf } from '../Figures.tsx';
import { Panel, Row, Well } from '../Panel.tsx';
import type { WallTexts } from '../texts.ts';
import type { SceneProps } from './MapScene.tsx';

/** Of one kind: four rows of the smallest. */
const TILES_SHOWN = 88;
const TILE_SIZES = [84, 68, 52, 40] as const;
const GAP = 12;
/** In units of a wall: what eight columns leave to tiles beside, and below the two figures. */
const ROOM = { width: 1_160, height: 450 };
const ROWS_SHOWN = 4;
const WORST_FIRST = ['down', 'degraded', 'unknown', 'up'] as const;

export function CamerasScene({ view, texts, now }: SceneProps) {
  const { f, w } = texts;
  const { eyes } = view;
  const isPublic = view.wall.variant === 'public';
  const isEmpty = eyes !== null && totalOf(eyes.cameras) + totalOf(eyes.webSites) === 0;
  const troubled = eyes?.items.filter(({ state }) => state !== 'up') ?? [];
  // The worst come first: what was left out is well, unless nothing of it was shown.
  const omitted = troubled.length === eyes?.items.length ? (eyes?.omitted ?? 0) : 0;
  const shown = troubled.slice(0, ROWS_SHOWN);
  const size = tileSizeOf(eyes === null ? [] : [totalOf(eyes.cameras), totalOf(eyes.webSites)]);
  const more = troubled.length - shown.length + omitted;
  return (
    <>
      <Panel
        texts={texts}
        now={now}
        title={w.scene.cameras}
        asOf={eyes?.asOf ?? null}
        span={isPublic || isEmpty ? 12 : 8}
      >
        {isEmpty || eyes === null ? (
          <Well text={w.noEyes} />
        ) : (
          <>
            <Tiles what={w.cameras} counts={eyes.cameras} size={size} texts={texts} />
            <Tiles what={w.webSites} counts={eyes.webSites} size={size} texts={texts} />
          </>
        )}
      </Panel>
      {!isPublic && !isEmpty && (
        <Panel texts={texts} now={now} title={w.notWell} asOf={eyes?.asOf ?? null} span={4}>
          {shown.length === 0 ? (
            <Well mark="up" text={w.eyesWell} />
          ) : (
            <ul className="wall-rows wall-rows-narrow">
              {shown.map(({ kind, name, regionName, state }) => (
                <Row
                  key={`${kind} ${regionName} ${name}`}
                  mark={state}
                  name={name}
                  text={texts.t.state[state]}
                  quiet={shortName(regionName)}
                />
              ))}
            </ul>
          )}
          {more > 0 && <p className="wall-foot wall-quiet">{w.more(f.number(more))}</p>}
        </Panel>
      )}
    </>
  );
}

/** The largest tile of which all find room. */
function tileSizeOf(counts: readonly number[]): number {
  const heightAt = (size: number): number => {
    const perRow = Math.floor((ROOM.width + GAP) / (size + GAP));
    const rows = counts.reduce((sum, count) => sum + Math.ceil(Math.min(count, TILES_SHOWN) / perRow), 0);
    return rows * (size + GAP);
  };
  return TILE_SIZES.find((size) => heightAt(size) <= ROOM.height) ?? TILE_SIZES[3];
}

/** One tile for each, in its state; the worst first. */
function Tiles(props: {
  readonly what: string;
  readonly counts: StateCounts;
  readonly size: number;
  readonly texts: WallTexts;
}) {
  const { what, counts, size, texts } = props;
  const { f, w } = texts;
  const total = totalOf(counts);
  if (total === 0) return null;
  const states = WORST_FIRST.flatMap((state) =>
    Array.from({ length: Math.min(counts[state], TILES_SHOWN) }, () => state),
  );
  return (
    <section className="wall-eyes">
      <p className="wall-online">
        <strong>{f.number(counts.up)}</strong> {what} <span className="wall-quiet">{w.outOf(f.number(total))}</span>
      </p>
      <ul className="wall-tiles" aria-hidden="true" style={{ '--tile': size } as CSSProperties}>
        {states.slice(0, TILES_SHOWN).map((state, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a tile is one of many alike
          <li key={place} className={`wall-tile wall-tile-${state}`}>
            <StateMark mark={state} />
          </li>
        ))}
      </ul>
      {total > TILES_SHOWN && <p className="wall-quiet">{w.more(f.number(total - TILES_SHOWN))}</p>}
    </section>
  );
}
