/** First signs that make a spreadsheet run what follows; the full-width ones are read as theirs in East Asia. */
const RUNS = '=+\\-@\\t\\r\\n＝＋－＠';
const NEEDS_GUARD = new RegExp(`^'*[${RUNS}]`);
const HAS_GUARD = new RegExp(`^''*[${RUNS}]`);

/**
 * Text for a CSV cell that no spreadsheet takes for a formula (OWASP, CSV injection): an apostrophe goes in front. One
 * goes also before text that looks guarded already, so that `unguarded` gives back exactly what was there.
 */
export const guarded = (text: string): string => (NEEDS_GUARD.test(text) ? `'${text}` : text);

export const unguarded = (text: string): string => (HAS_GUARD.test(text) ? text.slice(1) : text);
