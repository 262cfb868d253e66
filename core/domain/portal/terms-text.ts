/** The terms as they are shown: what matters in a few lines, the rest opened in place. */
export type TermsParts = { readonly summary: readonly string[]; readonly paragraphs: readonly string[] };

/** Lines up to the first empty one are the summary; what follows are paragraphs with empty lines between. */
export function termsParts(text: string): TermsParts {
  const [head = '', ...rest] = text
    .split(/\r?\n(?:[ \t]*\r?\n)+/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const summary = head
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return { summary, paragraphs: rest };
}
