/** Longest logo that is taken, in bytes of UTF-8: it stands in every login page. */
const LOGO_BYTES = 2_048;

const ELEMENTS = new Set(
  'svg g path circle ellipse rect line polyline polygon title desc defs linearGradient radialGradient stop clipPath'.split(
    ' ',
  ),
);
const ATTRIBUTES = new Set(
  (
    'viewBox width height preserveAspectRatio fill stroke stroke-width stroke-linecap stroke-linejoin stroke-dasharray ' +
    'stroke-miterlimit fill-rule clip-rule clip-path opacity fill-opacity stroke-opacity transform d cx cy r rx ry x y ' +
    'x1 y1 x2 y2 fx fy points offset stop-color stop-opacity gradientUnits gradientTransform spreadMethod clipPathUnits ' +
    'id role aria-label aria-hidden color'
  ).split(' '),
);
const NAMESPACE = 'http://www.w3.org/2000/svg';
const TEXT_ELEMENTS = new Set(['title', 'desc']);

const TAG = /^<(\/?)([A-Za-z]+)((?:\s+[\w:-]+\s*=\s*(?:"[^"<>]*"|'[^'<>]*'))*)\s*(\/?)>/;
const ATTRIBUTE = /([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
/** Numbers, names, colours, paths, and references within the logo itself: nothing that leads elsewhere. */
const VALUE = /^(?:[\w\s.,#%()+-]*|url\(#[\w-]+\))$/;
const TEXT = /^(?:[^<>&]|&(?:amp|lt|gt|quot|apos|#\d{1,6});)*$/;

function attributeFault(name: string, value: string): string | null {
  if (name === 'xmlns') return value === NAMESPACE ? null : 'xmlns is not that of SVG';
  if (!ATTRIBUTES.has(name)) return `the attribute ${name} is not allowed in a logo`;
  if (name === 'aria-label') return TEXT.test(value) ? null : 'aria-label is no plain text';
  if (!VALUE.test(value) || (/url\(/i.test(value) && !value.startsWith('url(#')))
    return `${name} holds something other than numbers, names and colours`;
  return null;
}

function tagFault(name: string, attributes: string): string | null {
  if (!ELEMENTS.has(name)) return `the element ${name} is not allowed in a logo`;
  for (const [, attribute = '', double, single] of attributes.matchAll(ATTRIBUTE)) {
    const fault = attributeFault(attribute, double ?? single ?? '');
    if (fault !== null) return fault;
  }
  return null;
}

/**
 * Whether a logo may stand in a page as it is: shapes and colours of one `<svg>`, without script, style, picture, event
 * or any address. What is not known is refused, comments and declarations too.
 * @returns the first thing that is wrong, null for a logo that may be shown or an empty text
 */
export function logoFault(svg: string): string | null {
  if (svg === '') return null;
  if (new TextEncoder().encode(svg).length > LOGO_BYTES) return `a logo has at most ${LOGO_BYTES} bytes`;
  const open: string[] = [];
  let rest = svg.trim();
  let isDone = false;
  while (rest !== '') {
    if (!rest.startsWith('<')) {
      const end = rest.indexOf('<');
      const text = end < 0 ? rest : rest.slice(0, end);
      const isFree = text.trim() === '' || (TEXT_ELEMENTS.has(open.at(-1) ?? '') && TEXT.test(text));
      if (!isFree) return 'a logo holds shapes, and text in its title alone';
      rest = rest.slice(text.length);
      continue;
    }
    const [tag, closing, name = '', attributes = '', empty] = TAG.exec(rest) ?? [];
    if (tag === undefined) return 'this is no SVG of plain elements and attributes';
    if (isDone) return 'a logo is one svg element';
    if (closing === '/') {
      if (open.pop() !== name || attributes !== '') return `${name} is closed where it is not open`;
    } else {
      const fault = tagFault(name, attributes);
      if (fault !== null) return fault;
      if ((open.length === 0) !== (name === 'svg')) return 'a logo is one svg element';
      if (empty !== '/') open.push(name);
    }
    isDone = open.length === 0;
    rest = rest.slice(tag.length);
  }
  return isDone ? null : 'an element is not closed';
}
