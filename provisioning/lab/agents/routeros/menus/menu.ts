import type { DeviceState } from '../../device-state.ts';
import type { TableRow } from '../model.ts';

/** What a menu holds, by its path. */
export type Menus = Readonly<Record<string, (state: DeviceState, at: number) => readonly TableRow[]>>;

/** RouterOS's own name of a row. */
export const id = (number: number): string => `*${number.toString(16).toUpperCase()}`;

/** RouterOS's own way to write a duration. */
export function durationText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  const parts: [number, string][] = [
    [Math.floor(seconds / 604_800), 'w'],
    [Math.floor(seconds / 86_400) % 7, 'd'],
    [Math.floor(seconds / 3_600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'm'],
    [seconds % 60, 's'],
  ];
  const text = parts.flatMap(([count, unit]) => (count === 0 ? [] : [`${count}${unit}`])).join('');
  return text === '' ? '0s' : text;
}
