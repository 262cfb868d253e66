export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const STORED = 'simpul.theme';
const prefersDark = () => matchMedia('(prefers-color-scheme: dark)');

export function storedTheme(): Theme {
  const stored = localStorage.getItem(STORED);
  return THEMES.find((theme) => theme === stored) ?? 'system';
}

function apply(theme: Theme): void {
  const dark = theme === 'dark' || (theme === 'system' && prefersDark().matches);
  document.documentElement.dataset['theme'] = dark ? 'dark' : 'light';
  known.clear();
}

/** Colours of this page alone, whatever is chosen on the device. */
export function wearTheme(isDark: boolean): void {
  document.documentElement.dataset['theme'] = isDark ? 'dark' : 'light';
  known.clear();
}

export function setTheme(theme: Theme): void {
  localStorage.setItem(STORED, theme);
  apply(theme);
}

/** Sets the colours before the first paint and follows the device from then on; paper is light. */
export function startTheme(): void {
  apply(storedTheme());
  printInLight();
  prefersDark().addEventListener('change', () => apply(storedTheme()));
}

/** Calls back when the colours change: canvases hold none of their own. */
export function watchTheme(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  return () => observer.disconnect();
}

/** Does something in the light colours, whatever is on the screen: paper is white. */
export function inLight<Result>(work: () => Result): Result {
  const { dataset } = document.documentElement;
  const shown = dataset['theme'];
  if (shown !== 'dark') return work();
  dataset['theme'] = 'light';
  known.clear();
  try {
    return work();
  } finally {
    dataset['theme'] = shown;
    known.clear();
  }
}

/** While a page is being printed it is light. */
function printInLight(): void {
  const { dataset } = document.documentElement;
  let shown: string | undefined;
  addEventListener('beforeprint', () => {
    shown = dataset['theme'];
    dataset['theme'] = 'light';
    known.clear();
  });
  addEventListener('afterprint', () => {
    if (shown !== undefined) dataset['theme'] = shown;
    shown = undefined;
    known.clear();
  });
}

const known = new Map<string, string>();

/** The value of a colour token, as the canvases need it: asked of the browser once, since a frame needs thousands. */
export function token(name: string): string {
  let value = known.get(name);
  if (value === undefined) {
    value = getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
    known.set(name, value);
  }
  return value;
}
