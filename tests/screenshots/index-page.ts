import { type Size, THEMES } from './options.ts';

export type Shot = { readonly role: string; readonly name: string; readonly problem: string | null };

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

export const fileOf = ({ role, name }: Pick<Shot, 'role' | 'name'>, { width, height }: Size, theme: string): string =>
  `${role}-${name}-${width}x${height}-${theme}.png`;

/** Every picture, a row a screen, in the order of the list. */
export function indexPage(shots: readonly Shot[], sizes: readonly Size[]): string {
  const pictures = (shot: Shot): string =>
    sizes
      .flatMap((size) => THEMES.map((theme) => ({ size, file: fileOf(shot, size, theme), theme })))
      .map(
        ({ size, file, theme }) =>
          `<a href="${file}"><img src="${file}" loading="lazy" alt="${shot.name}, ${size.width} × ${size.height}, ${theme}"
 style="aspect-ratio:${size.width}/${size.height}"></a>`,
      )
      .join('');
  const rows = shots.map((shot) => {
    const note = shot.problem === null ? '' : ` <em>${escaped(shot.problem)}</em>`;
    return `<section id="${shot.role}-${shot.name}"><h2>${shot.role} · ${shot.name}${note}</h2><div>${pictures(shot)}</div></section>`;
  });
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Simpul: every screen</title>
<style>
body{font:14px system-ui;margin:16px;background:#e8eaee;color:#1c2230}
h2{font-size:14px;margin:16px 0 6px}em{color:#a33;font-weight:400}
section>div{display:flex;gap:6px;overflow-x:auto}
img{height:260px;display:block;background:#fff;border:1px solid #c6cbd4}
</style>
<h1>Every screen</h1>
${rows.join('\n')}
</html>
`;
}
