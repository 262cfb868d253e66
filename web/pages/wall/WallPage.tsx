import { useParams } from '@tanstack/react-router';
import { Component, type ReactNode, useCallback, useEffect, useMemo, useState } from 'react';
import type { WallView } from '../../../core/contract/walls.ts';
import { HOUR } from '../../../core/domain/clock.ts';
import { VILLAGE_STATES } from '../../../core/domain/state.ts';
import { sceneAt, wallIsDark } from '../../../core/domain/wall.ts';
import { wearTheme } from '../../frame/theme.ts';
import { useTexts } from '../../i18n/texts.tsx';
import { useGround } from '../../map/use-scene.ts';
import { Reloading } from './Reloading.tsx';
import { AgenciesScene } from './scenes/AgenciesScene.tsx';
import { CamerasScene } from './scenes/CamerasScene.tsx';
import { IncidentsScene } from './scenes/IncidentsScene.tsx';
import { MapScene } from './scenes/MapScene.tsx';
import { PeopleScene } from './scenes/PeopleScene.tsx';
import { VillagesScene } from './scenes/VillagesScene.tsx';
import { type WallTexts, wallTexts } from './texts.ts';
import { useTick, useWakeLock, useWall, useWallShapes } from './use-wall.ts';
import './wall.css';
import './scenes/scenes.css';

/** A wall that fails starts anew: nobody stands there to do it. */
class Guard extends Component<{ readonly children: ReactNode }, { readonly isBroken: boolean }> {
  override state = { isBroken: false };
  static getDerivedStateFromError() {
    return { isBroken: true };
  }
  override render(): ReactNode {
    return this.state.isBroken ? <Reloading /> : this.props.children;
  }
}

export function WallPage() {
  const { token } = useParams({ from: '/wall/$token' });
  return (
    <Guard>
      <WallScreen token={token} />
    </Guard>
  );
}

function WallScreen({ token }: { readonly token: string }) {
  const { view, trouble } = useWall(token);
  const { language } = useTexts();
  const now = useTick();
  useWakeLock();
  const code = view?.wall.region.code ?? '';
  const spoken = view?.wall.language ?? language;
  const texts = useMemo(() => wallTexts(spoken, code), [spoken, code]);
  const hour = Math.floor((now + texts.f.zone.offsetMs) / HOUR) % 24;
  const isDark = wallIsDark(view?.wall.theme ?? 'dark', hour);
  useEffect(() => {
    wearTheme(isDark);
  }, [isDark]);
  useEffect(() => {
    document.documentElement.lang = spoken;
  }, [spoken]);
  const { w } = texts;
  return (
    <main className="wall" data-trouble={trouble}>
      {view === null ? (
        <>
          <WallHead title="" texts={texts} now={now} trouble="none" />
          <div className="wall-well" role="status">
            <p>{trouble === 'gone' ? w.gone : trouble === 'offline' ? w.offline : w.waiting}</p>
            {trouble === 'gone' && <p className="wall-quiet">{w.goneText}</p>}
          </div>
        </>
      ) : (
        <>
          <WallHead
            title={view.wall.name === null ? view.wall.region.name : `${view.wall.region.name} · ${view.wall.name}`}
            texts={texts}
            now={now}
            trouble={trouble}
          />
          <Turns token={token} view={view} texts={texts} now={now} />
        </>
      )}
    </main>
  );
}

type HeadProps = {
  readonly title: string;
  readonly texts: WallTexts;
  readonly now: number;
  readonly trouble: 'none' | 'offline' | 'gone';
};

function WallHead({ title, texts, now, trouble }: HeadProps) {
  const { f, w } = texts;
  return (
    <header className="wall-head">
      <h1>{title}</h1>
      {trouble === 'offline' && <p className="wall-offline">{w.offline}</p>}
      <p className="wall-clock">
        <span>{f.weekday(now)}</span>
        <strong>{f.clock(now)}</strong>
        <span>{f.zone.label}</span>
      </p>
    </header>
  );
}

const measureUnit = (): number => Math.min(innerWidth / 1920, innerHeight / 1080);

/** CSS pixels of one unit of the wall: a page of 1920 by 1080 has units of one. */
function useUnit(): number {
  const [unit, setUnit] = useState(measureUnit);
  useEffect(() => {
    const follow = () => setUnit(measureUnit());
    addEventListener('resize', follow);
    return () => removeEventListener('resize', follow);
  }, []);
  return unit;
}

type TurnsProps = {
  readonly token: string;
  readonly view: WallView;
  readonly texts: WallTexts;
  readonly now: number;
};

function Turns({ token, view, texts, now }: TurnsProps) {
  const { scenes, region } = view.wall;
  const index = sceneAt(
    scenes.map(({ seconds }) => seconds),
    now,
  );
  const unit = useUnit();
  const shapes = useWallShapes(token, scenes.some(({ scene }) => scene === 'map') ? region.code : undefined);
  const rows = view.counts?.rows;
  const scene = useGround(rows === undefined || rows.length === 0 ? undefined : shapes, rows ?? []);
  const map = view.map;
  const points = useMemo(
    () =>
      map?.points.map(([lng = 0, lat = 0, state = 3]) => ({ lng, lat, state: VILLAGE_STATES[state] ?? 'unknown' })) ??
      [],
    [map],
  );
  const counts = useMemo(() => new Map(rows?.map(({ code, villages }) => [code, villages])), [rows]);
  const countsOf = useCallback((code: string) => counts.get(code), [counts]);
  const given = { view, texts, now };
  const which = scenes[index]?.scene ?? 'map';
  return (
    <>
      <div className="wall-scene" key={index} data-scene={which}>
        {which === 'map' && <MapScene {...given} scene={scene} points={points} countsOf={countsOf} unit={unit} />}
        {which === 'incidents' && <IncidentsScene {...given} />}
        {which === 'agencies' && <AgenciesScene {...given} />}
        {which === 'villages' && <VillagesScene {...given} />}
        {which === 'people' && <PeopleScene {...given} />}
        {which === 'cameras' && <CamerasScene {...given} />}
      </div>
      <ol className="wall-turns" aria-hidden="true">
        {scenes.map(({ scene: one }, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a scene may come twice, and its place is what it is
          <li key={`${one} ${place}`} data-now={place === index} />
        ))}
      </ol>
    </>
  );
}
