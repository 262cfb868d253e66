/** What a wall shows in turn. */
export const WALL_SCENES = ['map', 'incidents', 'agencies', 'villages', 'people', 'cameras'] as const;
export type WallScene = (typeof WALL_SCENES)[number];

/** `auto`: dark from six in the evening to six in the morning. */
export const WALL_THEMES = ['dark', 'light', 'auto'] as const;
export type WallTheme = (typeof WALL_THEMES)[number];

/** `public` names regions and counts, and nothing of the inside. */
export const WALL_VARIANTS = ['internal', 'public'] as const;

export const SCENE_SECONDS_LEAST = 5;
export const SCENE_SECONDS_MOST = 3_600;

/** The colours of a wall at an hour (0..23) of the province's clock. */
export const wallIsDark = (theme: WallTheme, hour: number): boolean =>
  theme === 'dark' || (theme === 'auto' && (hour >= 18 || hour < 6));

/**
 * The scene that stands now: scenes follow one another for ever, counted from a fixed moment, so that a wall that
 * starts anew goes on where the others are.
 * @param nowMs UTC ms
 * @returns index into `seconds`; 0 where there is none
 */
export function sceneAt(seconds: readonly number[], nowMs: number): number {
  const total = seconds.reduce((sum, one) => sum + one, 0);
  if (total <= 0) return 0;
  let left = Math.floor(nowMs / 1000) % total;
  for (const [index, one] of seconds.entries()) {
    if (left < one) return index;
    left -= one;
  }
  return 0;
}
