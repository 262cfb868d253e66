import type { Message } from '../channels.ts';
import { shorten } from '../delivery/shorten.ts';
import { lastingText } from '../domain/lasting.ts';
import { zoneByLabel } from '../domain/zone.ts';
import { en } from './en.ts';
import type { IncidentFacts, Language, MessageEvent } from './event.ts';
import { htmlPage } from './html.ts';
import { type Dictionary, id } from './id.ts';

/** Where the readers live: `{ timeZone: 'Asia/Jakarta', label: 'WIB' }`. */
export type MessageZone = { readonly timeZone: string; readonly label: string };

export type MessageText = Pick<Message, 'subject' | 'text' | 'html' | 'language'> & {
  readonly short: string;
  readonly link?: string;
  readonly threadId?: string;
};

const DICTIONARIES: Readonly<Record<Language, Dictionary>> = { id, en };
const MAX_NAME = 80;
const MAX_PLACE = 120;

/** What an event says to a reader. Pure: the same event gives the same texts at every try. */
export function composeMessage(event: MessageEvent, language: Language, zone: MessageZone): MessageText {
  const t = DICTIONARIES[language];
  const own = event.type === 'test' ? undefined : event.incident.zone;
  const said = wordsOf(event, t, momentsIn(t, own === undefined ? zone : zoneByLabel(own)));
  const subject = line(said.subject, MAX_NAME * 2);
  const link = event.type === 'test' ? undefined : event.link;
  return {
    language,
    subject,
    text: said.lines.join('\n'),
    short: line(said.short, 1_000),
    html: htmlPage({
      language,
      title: subject,
      lines: said.lines,
      link: link === undefined ? null : { url: link, label: t.open },
    }),
    ...(link === undefined ? {} : { link }),
    ...(event.type === 'test' ? {} : { threadId: event.incident.incidentId }),
  };
}

type Words = { readonly subject: string; readonly lines: readonly string[]; readonly short: string };
type Moments = ReturnType<typeof momentsIn>;

function wordsOf(event: MessageEvent, t: Dictionary, moments: Moments): Words {
  switch (event.type) {
    case 'test': {
      const moment = moments.exact(event.at);
      return {
        subject: t.test.subject,
        lines: [t.test.text(line(event.channelName, MAX_NAME), moment)],
        short: t.test.short(moment),
      };
    }
    case 'incident-opened': {
      const { incident } = event;
      const since = t.since(moments.exact(incident.startedAt));
      return worded(t.state[incident.state], incident, {
        lines: [
          since,
          ...placeOf(incident, t),
          presumed(incident, t),
          affected(incident, t),
          ...askedOf(event, t.officer),
        ],
        short: [
          t.since(moments.short(incident.startedAt)),
          t.presumedShort(t.cause[incident.cause]),
          t.affectedShort(number(incident.sites, t)),
          ...askedOf(event, t.officerShort),
        ],
      });
    }
    case 'incident-recovered': {
      const { incident, endedAt } = event;
      const lasting = lastingOf(endedAt - incident.startedAt, t);
      return worded(t.recovered, incident, {
        lines: [
          t.recoveredAt(moments.exact(endedAt), lasting),
          t.since(moments.exact(incident.startedAt)),
          ...placeOf(incident, t),
          presumed(incident, t),
          affected(incident, t),
        ],
        short: [t.recoveredAfter(lasting)],
      });
    }
    case 'incident-escalated': {
      const { incident, at, step, acknowledgedBy } = event;
      const lasting = lastingOf(at - incident.startedAt, t);
      const work =
        acknowledgedBy === null ? t.notAcknowledged(lasting) : t.acknowledged(lasting, line(acknowledgedBy, MAX_NAME));
      return worded(t.escalated, incident, {
        lines: [
          work,
          t.step(number(step, t)),
          t.since(moments.exact(incident.startedAt)),
          ...placeOf(incident, t),
          presumed(incident, t),
          affected(incident, t),
          ...askedOf(event, t.officer),
        ],
        short: [work, t.affectedShort(number(incident.sites, t)), ...askedOf(event, t.officerShort)],
      });
    }
  }
}

const askedOf = ({ asksOfficer = false }: { readonly asksOfficer?: boolean }, words: string): string[] =>
  asksOfficer ? [words] : [];

function worded(
  head: string,
  incident: IncidentFacts,
  { lines, short }: { readonly lines: readonly string[]; readonly short: readonly string[] },
): Words {
  const name = line(incident.name, MAX_NAME);
  const place = line(incident.place, MAX_PLACE);
  const where = place === '' ? name : `${name}, ${place}`;
  return { subject: `${head}: ${name}`, lines, short: `${head}: ${where}. ${short.join(' ')}` };
}

const number = (count: number, t: Dictionary): string => new Intl.NumberFormat(t.locale).format(count);

function placeOf({ place }: IncidentFacts, t: Dictionary): string[] {
  const shown = line(place, MAX_PLACE);
  return shown === '' ? [] : [t.place(shown)];
}

function presumed({ cause, confidence }: IncidentFacts, t: Dictionary): string {
  const share =
    confidence <= 0 || cause === 'unknown'
      ? null
      : new Intl.NumberFormat(t.locale, { style: 'percent', maximumFractionDigits: 0 }).format(confidence);
  return t.presumed(t.cause[cause], share);
}

const affected = ({ sites, devices }: IncidentFacts, t: Dictionary): string =>
  t.affected(number(sites, t), number(devices, t));

/** Names are written by people: one line, no signs that steer a terminal or turn the direction of text. */
const line = (text: string, limit: number): string =>
  shorten(
    text
      .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
      .replace(/ {2,}/g, ' ')
      .trim(),
    limit,
  );

const lastingOf = (ms: number, t: Dictionary): string => lastingText(ms, t.time, (count) => number(count, t));

function momentsIn(t: Dictionary, { timeZone, label }: MessageZone) {
  const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  const day = { day: 'numeric', month: 'short' } as const;
  const exact = new Intl.DateTimeFormat(t.locale, { timeZone, ...day, year: 'numeric', ...clock });
  const short = new Intl.DateTimeFormat(t.locale, { timeZone, ...day, ...clock });
  return {
    exact: (at: number): string => `${exact.format(at)} ${label}`,
    short: (at: number): string => `${short.format(at)} ${label}`,
  };
}
