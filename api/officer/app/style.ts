import { createHash } from 'node:crypto';
import { STYLE } from '../style.ts';

/** What the app has beside the page of a link: two large states, a report that unfolds, a banner for a dead line. */
export const APP_STYLE =
  STYLE +
  `
.age{font-size:.875rem;color:var(--text-2)}
.big li{gap:16px;padding:12px 0;align-items:flex-start}
.big svg{width:40px;height:40px;margin-top:2px}
.big .what{font-size:1rem;color:var(--text-2)}
.big div{min-width:0}
.big strong{display:block;font-size:min(1.75rem,13vw);line-height:1.2;overflow-wrap:anywhere}
.dead{display:none;margin:0 0 16px;padding:12px;border:2px solid var(--line-strong);border-radius:6px;background:var(--surface)}
[data-stale] .dead{display:block}
[data-stale] .big,[data-stale] .figures,[data-stale] .changes{opacity:.85;filter:grayscale(1)}
[data-stale] .online{display:none}
.now{margin:16px 0 0}
.now h2,section h2{font-size:1rem;margin:24px 0 4px}
.now p{font-size:1.125rem;line-height:1.4;margin:0 0 12px}
.kept{margin:0 0 16px;padding:12px;border-left:4px solid var(--up);background:var(--surface)}
.wrong{margin:16px 0;padding:12px;border-left:4px solid var(--down);background:var(--surface)}
details{margin:16px 0 0}
summary{list-style:none}
summary::-webkit-details-marker{display:none}
details[open] summary{margin-bottom:0}
details form{padding:4px 0}
fieldset{margin:0 0 16px;padding:0;border:0}
legend{padding:8px 0;font-weight:600}
.pick label{display:flex;align-items:center;gap:12px;min-height:52px;padding:8px 12px;border:1px solid var(--line-strong);border-top-width:0;background:var(--surface);cursor:pointer}
.pick label:first-of-type{border-top-width:1px;border-radius:6px 6px 0 0}
.pick label:last-of-type{border-radius:0 0 6px 6px}
.pick input{flex:none;width:20px;height:20px;margin:0;accent-color:var(--accent)}
.row{display:flex;flex-wrap:wrap;gap:8px}
.row label{flex:1 1 auto;display:flex;align-items:center;gap:8px;min-height:44px;padding:4px 8px;border:1px solid var(--line-strong);border-radius:6px;background:var(--surface)}
.facts,.list{margin:4px 0 0;padding:0;list-style:none;border-top:1px solid var(--line)}
.facts div,.list li{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 16px;padding:8px 0;border-bottom:1px solid var(--line)}
.facts dt{color:var(--text-2)}
.list a{flex:1;display:flex;gap:12px;align-items:center;min-height:44px;color:var(--text);text-decoration:none;font-weight:600}
.list svg{flex:none;width:16px;height:16px}
.outbox .quiet{margin:8px 0 16px}
.field{display:block;width:100%;min-height:52px;margin:4px 0 16px;padding:12px;border:1px solid var(--line-strong);border-radius:6px;background:var(--surface);color:var(--text);font:inherit}
textarea.field{min-height:160px}
.text{white-space:pre-line;overflow-wrap:anywhere}
.tap{display:inline-block;padding:10px 0}
footer form{margin:0}
footer button{width:auto;min-height:40px;margin:0;padding:4px 12px;font-size:.875rem;font-weight:400}
.scripted .plain{display:none}
.scripted input[type=file]{position:absolute}
.scripted .outbox button,.scripted button.send{position:static;width:100%;height:auto;min-height:60px;margin:0 0 12px;padding:16px;overflow:visible;clip-path:none;white-space:normal}
`
    .trim()
    .replaceAll('\n', '');

/** Its address on the telephone is another, which says what it reaches. */
export const WORKER_FILE = 'assets/officer-worker.js';

export const APP_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(APP_STYLE).digest('base64')}'`,
  "script-src 'self'",
  "worker-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "img-src 'self' data:",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types simpul-officer',
].join('; ');
