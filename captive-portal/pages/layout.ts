import { createHash } from 'node:crypto';
import { type Html, html, type Piece, trusted } from './html.ts';
import type { Language } from './words.ts';
import { wordsOf } from './words.ts';

/** Colours of the web (web/styles/tokens.css), those that these pages need; the page brings its own: it is one answer. */
const LIGHT =
  '--b:#f6f7f9;--s:#fff;--l:#e0e5ec;--m:#838da0;--t:#18202e;--q:#465064;--a:#1f56c3;--o:#fff;--u:#00714f;--d:#b63c08';
const DARK =
  '--b:#0e131b;--s:#151b25;--l:#27303d;--m:#66738a;--t:#e7ebf2;--q:#b3bccb;--a:#82aaff;--o:#0b1220;--u:#2bc58e;--d:#ff8a5a';

/**
 * `.f` first button, `.b` a link like a button, `.n` notice, `.e` error, `.q` quiet, `.u` good, `.v` not good, `.w` a part of
 * its own. A label may stand around or before its input.
 */
const STYLE = `
:root{color-scheme:light dark;${LIGHT}}
@media(prefers-color-scheme:dark){:root{${DARK}}}
*{box-sizing:border-box}
body{margin:0;background:var(--b);color:var(--t);font:16px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
main{max-width:480px;margin:auto;padding:16px}
h1{font-size:22px;line-height:1.25;margin:0 0 4px}
h2{font-size:17px;margin:20px 0 4px}
p,ul,ol,dl,dd{margin:0 0 12px}
ul,ol{padding-left:20px}
a{color:var(--a)}
svg{display:block;max-width:100%;height:40px;margin:0 0 12px}
button,.f,.b,summary,input:not([type=checkbox],[type=radio]){min-height:48px;font:inherit}
button,.f,.b{display:block;width:100%;margin:16px 0 0;padding:11px 16px;border:1px solid var(--m);border-radius:6px;background:var(--s);color:var(--t);font-weight:600;text-align:center;text-decoration:none}
.f{background:var(--a);border-color:var(--a);color:var(--o)}
input:not([type=checkbox],[type=radio]){display:block;width:100%;margin:4px 0 0;padding:8px 12px;border:1px solid var(--m);border-radius:6px;background:var(--s);color:var(--t);font-size:18px}
label{display:block;margin:12px 0 0}
label:has([type=checkbox],[type=radio]){display:flex;gap:12px;align-items:center;min-height:44px;margin:8px 0 0}
[type=checkbox],[type=radio]{flex:none;width:20px;height:20px;margin:0}
summary{padding:11px 0;color:var(--a);cursor:pointer}
details details,form,fieldset{margin:0}
fieldset,legend{padding:0;border:0}
.w{border-top:1px solid var(--l);margin-top:16px}
.n,.e{padding:8px 12px;border-left:4px solid var(--a);background:var(--s)}
.e{border-color:var(--d)}
.q,footer{color:var(--q);font-size:14px}
.u{color:var(--u)}.v{color:var(--d)}
dl{display:grid;grid-template-columns:1fr auto;border-top:1px solid var(--l)}
dt,dd{margin:0;padding:8px 0;border-bottom:1px solid var(--l)}
dd{text-align:right;font-variant-numeric:tabular-nums}
:focus-visible{outline:3px solid var(--a);outline-offset:2px}
form+.q,.w+.q{margin-top:16px}
footer{display:flex;flex-wrap:wrap;gap:0 16px;margin-top:20px;padding-top:8px;border-top:1px solid var(--l)}
footer a{padding:12px 0}
footer div{flex-basis:100%}
`
  .trim()
  .replaceAll('\n', '');

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** Content-Security-Policy of a page whose forms lead to us and, by our redirect, to these hosts. */
export function pagePolicy(formHosts: readonly string[]): string {
  // Chromium holds the redirect after a form to form-action as well: the gateway's address must be in it.
  const forms = ["'self'", ...formHosts.flatMap((host) => [`http://${host}`, `https://${host}`])].join(' ');
  return `default-src 'none';style-src 'sha256-${STYLE_HASH}';img-src data:;form-action ${forms};base-uri 'none';frame-ancestors 'none'`;
}

export type Foot = {
  readonly province: string | null;
  readonly helpPhone: string | null;
  /** Of this page in the other language; null where it has no address. */
  readonly otherLanguage: string | null;
  readonly myDataUrl?: string | null;
};

export type Document = {
  readonly language: Language;
  readonly title: string;
  readonly body: Piece;
  readonly foot: Foot;
  /** Comes again by itself, without script. */
  readonly refresh?: { readonly seconds: number; readonly url: string };
};

const head = trusted(
  `<meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><link rel="icon" href="data:,"><style>${STYLE}</style>`,
);

/** A whole page as one text: no script, picture, font or style to load. */
export function documentOf({ language, title, body, foot, refresh }: Document): Html {
  const t = wordsOf(language);
  const other = language === 'id' ? 'en' : 'id';
  return html`<!doctype html><html lang="${language}"><head>${head}${
    refresh && html`<meta http-equiv="refresh" content="${refresh.seconds};url=${refresh.url}">`
  }<title>${title}</title></head><body><main>${body}<footer>${
    foot.province !== null && html`<div>${t.provider(foot.province)}</div>`
  }${
    foot.helpPhone !== null &&
    html`<a href="tel:${foot.helpPhone.replace(/[ -]/g, '')}">${t.help} ${foot.helpPhone}</a>`
  }${foot.myDataUrl && html`<a href="${foot.myDataUrl}">${t.myData}</a>`}${
    foot.otherLanguage !== null &&
    html`<a href="${foot.otherLanguage}" hreflang="${other}" lang="${other}">${t.otherLanguage}</a>`
  }</footer></main></body></html>`;
}
