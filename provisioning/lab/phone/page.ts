import type { PhoneMessage } from './phone.ts';

const TEXTS = {
  title: 'Telepon lab · The lab’s telephones',
  empty: 'Belum ada pesan. Matikan satu perangkat: npx simpul lab stop KODE',
  emptyEnglish: 'No message yet. Stop a device and wait ten seconds.',
};

const STYLE = `:root{color-scheme:light dark;--ground:#f3f4f1;--paper:#fff;--ink:#1c211d;--soft:#5c665e;--line:#d9ddd6}
@media (prefers-color-scheme:dark){:root{--ground:#121613;--paper:#1c221e;--ink:#e8ece8;--soft:#9aa59c;--line:#2d352f}}
body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.45 system-ui,sans-serif}
main{max-width:34rem;margin:0 auto;padding:1rem}
h1{font-size:1.05rem;margin:.2rem 0 1rem}
article{background:var(--paper);border:1px solid var(--line);border-radius:.9rem;padding:.7rem .9rem;margin:0 0 .7rem}
header{display:flex;justify-content:space-between;gap:1rem;color:var(--soft);font-size:.85rem;margin-bottom:.25rem}
p{margin:0;white-space:pre-wrap;overflow-wrap:anywhere}
a{color:inherit}`;

const escaped = (text: string): string => text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);

/** Links become links; the rest stays text. */
const linked = (text: string): string =>
  escaped(text).replace(/https?:\/\/[\w.:\-/?=%&#;]+/g, (url) => `<a href="${url}">${url}</a>`);

const clockOf = new Intl.DateTimeFormat('id-ID', { timeStyle: 'medium', timeZone: 'Asia/Jakarta' });

function article({ to, subject, text, link, at }: PhoneMessage): string {
  const below = link === null || text.includes(link) ? '' : `\n${link}`;
  const time = `<time datetime="${new Date(at).toISOString()}">${clockOf.format(at)} WIB</time>`;
  return `<article><header><b>${escaped(to)}</b>${time}</header><p><strong>${escaped(subject)}</strong></p><p>${linked(`${text}${below}`)}</p></article>`;
}

/** Asks again by itself, without a script. */
export const phonePage = (messages: readonly PhoneMessage[]): string =>
  `<!doctype html><html lang="id"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="3"><title>${TEXTS.title}</title><style>${STYLE}</style>
<main><h1>${TEXTS.title}</h1>${
    messages.length === 0
      ? `<article><p>${TEXTS.empty}</p><p lang="en">${TEXTS.emptyEnglish}</p></article>`
      : messages.map(article).join('\n')
  }</main></html>
`;
