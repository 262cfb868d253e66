const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);

type Page = {
  readonly language: string;
  readonly title: string;
  readonly lines: readonly string[];
  /** Taken only where it is of http or https. */
  readonly link: { readonly url: string; readonly label: string } | null;
};

/** A message as simple HTML that every mail program shows: no image, no script, nothing from elsewhere. */
export function htmlPage({ language, title, lines, link }: Page): string {
  const paragraphs = lines.map((line) => `<p style="margin:0 0 8px">${escapeHtml(line)}</p>`);
  const button =
    link !== null && /^https?:\/\//.test(link.url)
      ? `<p style="margin:16px 0 0"><a href="${escapeHtml(link.url)}">${escapeHtml(link.label)}</a></p>`
      : '';
  return [
    `<!doctype html><html lang="${escapeHtml(language)}"><head><meta charset="utf-8">`,
    `<title>${escapeHtml(title)}</title></head>`,
    '<body style="font-family:sans-serif;font-size:16px;line-height:1.5;color:#1a1a1a">',
    `<h1 style="font-size:20px;margin:0 0 12px">${escapeHtml(title)}</h1>`,
    ...paragraphs,
    button,
    '</body></html>',
  ].join('\n');
}
