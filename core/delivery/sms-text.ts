import { type Measure, withLink } from './shorten.ts';

/** Default alphabet and its extension table (3GPP TS 23.038, 6.2.1); a character of the latter takes two septets. */
const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
const EXTENSION = new Set('\f^{}\\[~]|€');

/** Signs of typesetting that have a plain form: one of them alone would more than halve what fits. */
const PLAIN: Readonly<Record<string, string>> = {
  '…': '...',
  '–': '-',
  '—': '-',
  '−': '-',
  '‐': '-',
  '‑': '-',
  '‘': "'",
  '’': "'",
  '“': '"',
  '”': '"',
  '·': '-',
  '•': '-',
  '→': '->',
  '≥': '>=',
  '≤': '<=',
  '×': 'x',
  '°': ' ',
  '\u00a0': ' ',
  '\u202f': ' ',
  '\u2009': ' ',
  '\t': ' ',
};

export type SmsText = {
  readonly text: string;
  readonly encoding: 'gsm-7' | 'ucs-2';
  /** Septets, or code units of 16 bits. */
  readonly units: number;
  /** Messages of 140 bytes that the network makes of it; each is paid for. */
  readonly parts: number;
};

/** Room in one part: alone, and where a header tells the parts apart (3GPP TS 23.040, 9.2.3.24). */
const ROOM = { 'gsm-7': { single: 160, joined: 153 }, 'ucs-2': { single: 70, joined: 67 } } as const;

const septets: Measure = (text) => {
  let count = 0;
  for (const sign of text) count += EXTENSION.has(sign) ? 2 : 1;
  return count;
};
const codeUnits: Measure = (text) => text.length;

const isGsm = (text: string): boolean => [...text].every((sign) => BASIC.has(sign) || EXTENSION.has(sign));

/** How long a text is as SMS. */
export function measureSms(text: string): SmsText {
  const encoding = isGsm(text) ? 'gsm-7' : 'ucs-2';
  const units = (encoding === 'gsm-7' ? septets : codeUnits)(text);
  const room = ROOM[encoding];
  return { text, encoding, units, parts: units <= room.single ? 1 : Math.ceil(units / room.joined) };
}

/** A text fit for SMS: in plain signs, and shortened to what fits the parts; a link is kept whole. */
export function smsText(text: string, link: string | undefined, maxParts: number): SmsText {
  const plain = [...text.normalize('NFC')].map((sign) => PLAIN[sign] ?? sign).join('');
  const encoding = isGsm(plain + (link ?? '')) ? 'gsm-7' : 'ucs-2';
  const room = ROOM[encoding];
  // A sign of two septets is never cut over two parts: each part can lose one.
  const limit = maxParts === 1 ? room.single : room.joined * maxParts - (encoding === 'gsm-7' ? maxParts : 0);
  const measure = encoding === 'gsm-7' ? septets : codeUnits;
  return measureSms(withLink(plain, link, limit, { mark: '...', measure }));
}
