import { createHash } from 'node:crypto';

/**
 * Those of the web's colours that this page needs, as `web/styles/tokens.css` has them: a test compares the two. The
 * page is one answer without another request, so it brings its own.
 */
export const LIGHT = {
  bg: '#f6f7f9',
  surface: '#ffffff',
  line: '#e0e5ec',
  'line-strong': '#838da0',
  text: '#18202e',
  'text-2': '#465064',
  accent: '#1f56c3',
  'on-accent': '#ffffff',
  up: '#00875f',
  'up-text': '#00714f',
  degraded: '#e69f00',
  'degraded-text': '#8f5500',
  down: '#d55e00',
  'down-text': '#b63c08',
  unknown: '#6b7280',
  'unknown-text': '#5b6270',
} as const;
export const DARK: Readonly<Record<keyof typeof LIGHT, string>> = {
  bg: '#0e131b',
  surface: '#151b25',
  line: '#27303d',
  'line-strong': '#66738a',
  text: '#e7ebf2',
  'text-2': '#b3bccb',
  accent: '#82aaff',
  'on-accent': '#0b1220',
  up: '#2bc58e',
  'up-text': '#2bc58e',
  degraded: '#f0b429',
  'degraded-text': '#f0b429',
  down: '#ff7a45',
  'down-text': '#ff8a5a',
  unknown: '#9aa3b2',
  'unknown-text': '#9aa3b2',
};

const tokens = (theme: Readonly<Record<string, string>>): string =>
  Object.entries(theme)
    .map(([name, colour]) => `--${name}:${colour}`)
    .join(';');

export const STYLE = `
:root{color-scheme:light dark;${tokens(LIGHT)}}
@media(prefers-color-scheme:dark){:root{${tokens(DARK)}}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--text);font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;-webkit-text-size-adjust:100%}
main{max-width:480px;margin:0 auto;padding:16px}
h1,h2,p,ul,dl,dd{margin:0;padding:0}
h1{font-size:1.25rem;line-height:1.3}
h2{font-size:1.375rem;line-height:1.3;margin:24px 0 4px}
.step{margin-top:24px}.step+h2{margin-top:0}
h1+.hint{margin-top:8px}
h3{font-size:1rem;margin:24px 0 4px}
.hint,.quiet{color:var(--text-2)}
.quiet{font-size:.875rem}
.states{list-style:none;margin:12px 0 0;border-top:1px solid var(--line)}
.states li{display:flex;gap:12px;padding:8px 0;border-bottom:1px solid var(--line)}
.states svg{flex:none;width:16px;height:16px;margin-top:4px}
.up{color:var(--up-text)}.degraded{color:var(--degraded-text)}.down{color:var(--down-text)}.unknown{color:var(--unknown-text)}
.up path,.up circle{fill:var(--up)}.degraded path{fill:var(--degraded)}.down path{fill:var(--down)}
.unknown circle{fill:none;stroke:var(--unknown);stroke-width:2;stroke-dasharray:3 2}
form,.actions{margin:16px 0 0}
button,.button{display:block;width:100%;min-height:60px;margin:0 0 12px;padding:16px;border:1px solid var(--line-strong);border-radius:6px;background:var(--surface);color:var(--text);font:inherit;font-size:1.125rem;font-weight:600;line-height:1.3;text-align:center;text-decoration:none;cursor:pointer}
.first{background:var(--accent);border-color:var(--accent);color:var(--on-accent)}
button:active,.button:active{opacity:.8}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
a{color:var(--accent)}
input[type=file]{display:block;width:100%;margin:0 0 12px;font:inherit;font-size:.875rem;color:var(--text-2)}
::file-selector-button{display:none}
.scripted input[type=file],.scripted button{position:absolute;width:1px;height:1px;min-height:0;margin:0;padding:0;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.scripted:focus-within label{outline:3px solid var(--accent);outline-offset:2px}
.said{margin:4px 0 0}
.said div{display:flex;align-items:baseline;gap:4px;border-bottom:1px solid var(--line)}
.said dt{flex:1;color:var(--text-2)}
.said a{display:inline-block;padding:12px 0 12px 12px}
footer{margin:24px 0 0;padding:12px 0;border-top:1px solid var(--line);font-size:.875rem;color:var(--text-2);display:flex;justify-content:space-between;align-items:baseline;gap:16px;flex-wrap:wrap}
footer a{padding:8px 0}
`
  .trim()
  .replaceAll('\n', '');

/** Where the script lies that shrinks a photograph in the telephone and keeps the app; pages work without it. */
export const SCRIPT = '/assets/officer.js';

/** The page is one text: its style is let through by its hash, and but for one script there is nothing to load. */
export const PAGE_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "script-src 'self'",
  'img-src data:',
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');
