/** What a page of the hotspot sets beside its text. */
export type Rendered = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
};

export type Variables = Readonly<Record<string, string>>;

const PIECE = /\$\(([^()]*)\)/g;

/**
 * Fills in a page as the RouterOS manual says (Hotspot customisation): `$(name)`, `$(name-esc)` with percent signs, `$(if
 * a)`, `$(if a == b)`, `$(if a != b)`, `$(elif ...)`, `$(else)`, `$(endif)`; what stands within `$(if http-status == N)`
 * and `$(if http-header == "Name")` becomes the answer's status and header instead of text.
 * @throws Error for what the manual does not know
 */
export function renderPage(page: string, variables: Variables): Rendered {
  const pieces = page.split(PIECE);
  let at = 0;
  let status = 200;
  const headers: Record<string, string> = {};

  function block(isShown: boolean, ends: readonly string[]): string {
    let text = '';
    for (; at < pieces.length; at++) {
      const piece = pieces[at] ?? '';
      if (at % 2 === 0) {
        if (isShown) text += piece;
        continue;
      }
      const [word = ''] = piece.split(' ');
      if (ends.includes(word)) return text;
      if (word === 'if') text += branch(isShown, piece.slice(3));
      else if (['elif', 'else', 'endif'].includes(word)) throw new Error(`$(${piece}) without $(if)`);
      else if (isShown) text += variable(piece);
    }
    if (ends.length > 0) throw new Error('$(if) without $(endif)');
    return text;
  }

  function branch(isShown: boolean, condition: string): string {
    const setting = /^http-(status|header) == "?([\w-]+)"?$/.exec(condition);
    at++;
    if (setting !== null) {
      const text = block(true, ['endif']).trim();
      if (setting[1] === 'status') status = Number(setting[2]);
      else headers[(setting[2] ?? '').toLowerCase()] = text;
      return '';
    }
    let isTaken = isShown && holds(condition);
    let isDone = isTaken;
    let text = block(isTaken, ['elif', 'else', 'endif']);
    while (pieces[at] !== 'endif') {
      const piece = pieces[at] ?? '';
      isTaken = isShown && !isDone && (piece === 'else' || holds(piece.slice(5)));
      isDone ||= isTaken;
      at++;
      text += block(isTaken, ['elif', 'else', 'endif']);
    }
    return text;
  }

  function holds(condition: string): boolean {
    const match = /^([\w-]+)(?: (==|!=) (?:"([^"]*)"|'([^']*)'|(\S+)))?$/.exec(condition);
    if (match === null) throw new Error(`no condition: ${condition}`);
    const value = variable(match[1] ?? '');
    if (match[2] === undefined) return value !== '';
    const other = match[3] ?? match[4] ?? match[5];
    return (value === other) === (match[2] === '==');
  }

  function variable(name: string): string {
    const isEscaped = name.endsWith('-esc');
    const value = variables[isEscaped ? name.slice(0, -4) : name];
    if (value === undefined) throw new Error(`no variable $(${name})`);
    return isEscaped ? escaped(value) : value;
  }

  const text = block(true, []);
  return { status, headers, text };
}

const escaped = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);

/** As the router writes octets for a string of JavaScript. */
export const octalEscaped = (octets: Buffer): string =>
  [...octets].map((octet) => `\\${octet.toString(8).padStart(3, '0')}`).join('');
