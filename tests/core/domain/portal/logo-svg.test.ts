import { expect, test } from 'vitest';
import { logoFault } from '../../../../core/domain/portal/logo-svg.ts';

const svg = (inside: string, attributes = ''): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"${attributes}>${inside}</svg>`;

test.each([
  ['nothing', ''],
  ['one path', svg('<path d="M0 0L10-5.5e1z" fill="#00875F"/>')],
  ['a group with a transform', svg('<g transform="translate(1,2)"><circle cx="1" cy="2" r=".5"/></g>')],
  [
    'a gradient of its own',
    svg(
      '<defs><linearGradient id="a"><stop offset="10%" stop-color="red"/></linearGradient></defs><rect fill="url(#a)"/>',
    ),
  ],
  ['a title', svg('<title>Desa Sukamaju &amp; warga</title><rect/>', ' role="img"')],
  ['white space around', `\n  ${svg('<rect/>')}\n`],
])('a logo of shapes is taken: %s', (_, logo) => {
  expect(logoFault(logo)).toBeNull();
});

test.each([
  ['a script', svg('<script>alert(1)</script>')],
  ['an event', svg('<rect onload="alert(1)"/>')],
  ['an event without quotes', svg('<rect onload=alert(1)/>')],
  ['a style', svg('<style>*{background:url(http://e)}</style>')],
  ['a style of an element', svg('<rect style="fill:red"/>')],
  ['a picture', svg('<image href="http://e/x.png"/>')],
  ['a link', svg('<a href="javascript:alert(1)"><rect/></a>')],
  ['a use of elsewhere', svg('<use href="http://e/x.svg#a"/>')],
  ['an address as a colour', svg('<rect fill="url(http://e)"/>')],
  ['an address behind a good one', svg('<rect fill="url(#a) url(//e)"/>')],
  ['a foreign object', svg('<foreignObject><p>hi</p></foreignObject>')],
  ['an animation', svg('<animate attributeName="href"/>')],
  ['another name space', '<svg xmlns="http://e/"><rect/></svg>'],
  ['an entity', '<!DOCTYPE svg [<!ENTITY a "b">]><svg></svg>'],
  ['a comment', svg('<!-- --><rect/>')],
  ['a piece of CDATA', svg('<![CDATA[<script>]]>')],
  ['text between shapes', svg('hello')],
  ['markup in a title', svg('<title><b>x</b></title>')],
  ['no svg', '<g></g>'],
  ['two of them', `${svg('')}${svg('')}`],
  ['one within the other', svg(svg(''))],
  ['one that is not closed', '<svg><g></svg>'],
  ['the end of the page', '<svg></svg></main>'],
  ['too many bytes', svg(`<path d="${'M0 0'.repeat(600)}"/>`)],
  ['names in capitals', '<SVG></SVG>'],
  ['a broken attribute', '<svg a="<script>"></svg>'],
])('what could do more than be seen is refused: %s', (_, logo) => {
  expect(logoFault(logo)).toEqual(expect.any(String));
});
