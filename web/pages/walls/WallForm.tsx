import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { WallForm as Form, Wall } from '../../../core/contract/walls.ts';
import {
  SCENE_SECONDS_LEAST,
  SCENE_SECONDS_MOST,
  WALL_SCENES,
  WALL_THEMES,
  WALL_VARIANTS,
} from '../../../core/domain/wall.ts';
import { coverageQuery } from '../../api/queries.ts';
import { createWall, updateWall } from '../../api/walls.ts';
import { NameField } from '../../components/form/NameField.tsx';
import { Wrong } from '../../components/form/Wrong.tsx';
import { useWallTexts } from '../wall/texts.ts';

type Turn = Form['scenes'][number] & { readonly isOn: boolean };
const SECONDS = 20;
const LANGUAGES = ['id', 'en'] as const;

/** Those chosen in their order, then the others. */
const turnsOf = (scenes: Form['scenes'] | undefined): readonly Turn[] => [
  ...(scenes ?? []).map((turn) => ({ ...turn, isOn: true })),
  ...WALL_SCENES.filter((scene) => scenes?.every((turn) => turn.scene !== scene) ?? true).map((scene) => ({
    ...{ scene, seconds: SECONDS },
    isOn: scenes === undefined,
  })),
];

type Props = {
  /** Null for a new one. */
  readonly wall: Wall | null;
  /** With the token of a new wall. */
  readonly onDone: (token: string | null) => void;
  readonly onCancel: () => void;
};

export function WallForm({ wall, onDone, onCancel }: Props) {
  const { t, w } = useWallTexts();
  const words = w.manage;
  const [name, setName] = useState(wall?.name ?? '');
  const [chosen, setRegion] = useState<string | null>(wall?.regionCode ?? null);
  const [variant, setVariant] = useState(wall?.variant ?? 'internal');
  const [theme, setTheme] = useState(wall?.theme ?? 'auto');
  const [language, setLanguage] = useState(wall?.language ?? 'id');
  const [turns, setTurns] = useState(() => turnsOf(wall?.scenes));
  const coverage = useQuery(coverageQuery()).data;
  const regions = coverage === undefined ? [] : [coverage.region, ...coverage.rows];
  const regionCode = chosen ?? coverage?.region.code ?? '';
  const isListed = regions.some(({ code }) => code === regionCode);
  const on = turns.filter(({ isOn }) => isOn);
  const save = useMutation({
    mutationFn: async (): Promise<string | null> => {
      const scenes = on.map(({ scene, seconds }) => ({ scene, seconds }));
      const body = { name: name.trim(), regionCode, variant, theme, language, scenes };
      if (wall === null) return (await createWall({ body })).token;
      await updateWall({ params: { wallId: wall.id }, body });
      return null;
    },
    onSuccess: onDone,
  });
  const change = (index: number, part: Partial<Turn>) =>
    setTurns(turns.map((turn, place) => (place === index ? { ...turn, ...part } : turn)));
  const earlier = (index: number) =>
    setTurns(
      turns.map(
        (turn, place) => (place === index - 1 ? turns[index] : place === index ? turns[index - 1] : turn) ?? turn,
      ),
    );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (on.length > 0 && regionCode !== '') save.mutate();
  };
  return (
    <form className="form" onSubmit={submit}>
      <NameField label={words.name} maxLength={60} value={name} onChange={setName} />
      <label className="labelled">
        {words.region}
        <select className="field" value={regionCode} onChange={({ target }) => setRegion(target.value)}>
          {!isListed && <option value={regionCode}>{wall?.regionName ?? t.waiting}</option>}
          {regions.map(({ code, name: one }) => (
            <option key={code} value={code}>
              {one}
            </option>
          ))}
        </select>
      </label>
      <Pick label={words.variant} value={variant} options={WALL_VARIANTS} texts={words.variants} onPick={setVariant} />
      <div className="form-pair">
        <Pick label={words.theme} value={theme} options={WALL_THEMES} texts={words.themes} onPick={setTheme} />
        <Pick
          label={words.language}
          value={language}
          options={LANGUAGES}
          texts={words.languages}
          onPick={setLanguage}
        />
      </div>
      <fieldset className="group wall-turns-choice">
        <legend>{words.scenes}</legend>
        {turns.map(({ scene, seconds, isOn }, index) => (
          <div key={scene} className="wall-turn">
            <label className="check">
              <input
                type="checkbox"
                checked={isOn}
                onChange={({ target }) => change(index, { isOn: target.checked })}
              />
              {w.scene[scene]}
            </label>
            <input
              className="field"
              type="number"
              required
              disabled={!isOn}
              aria-label={words.seconds(w.scene[scene])}
              min={SCENE_SECONDS_LEAST}
              max={SCENE_SECONDS_MOST}
              value={seconds}
              onChange={({ target }) => change(index, { seconds: Number(target.value) })}
            />
            <span className="unit">{words.secondsUnit}</span>
            <button
              type="button"
              className="button quiet"
              disabled={index === 0}
              aria-label={words.earlier(w.scene[scene])}
              onClick={() => earlier(index)}
            >
              ↑
            </button>
          </div>
        ))}
        {on.length === 0 && (
          <p className="wrong" role="alert">
            {words.noScene}
          </p>
        )}
      </fieldset>
      <Wrong error={save.error} />
      <div className="form-actions">
        <button type="submit" className="button primary" disabled={save.isPending || on.length === 0}>
          {wall === null ? words.add : words.save}
        </button>
        <button type="button" className="button quiet" onClick={onCancel}>
          {t.action.cancel}
        </button>
      </div>
    </form>
  );
}

function Pick<V extends string>(props: {
  readonly label: string;
  readonly value: V;
  readonly options: readonly V[];
  readonly texts: Readonly<Record<V, string>>;
  readonly onPick: (value: V) => void;
}) {
  return (
    <label className="labelled">
      {props.label}
      <select
        className="field"
        value={props.value}
        onChange={({ target }) => {
          const picked = props.options.find((one) => one === target.value);
          if (picked !== undefined) props.onPick(picked);
        }}
      >
        {props.options.map((one) => (
          <option key={one} value={one}>
            {props.texts[one]}
          </option>
        ))}
      </select>
    </label>
  );
}
