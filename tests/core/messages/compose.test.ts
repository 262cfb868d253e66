import { describe, expect, test } from 'vitest';
import { measureSms } from '../../../core/delivery/sms-text.ts';
import { composeMessage } from '../../../core/messages/compose.ts';
import type { IncidentFacts, MessageEvent } from '../../../core/messages/event.ts';

const WIB = { timeZone: 'Asia/Jakarta', label: 'WIB' };
const startedAt = Date.UTC(2026, 10, 22, 3, 15);
const incident: IncidentFacts = {
  incidentId: '11111111-2222-4333-8444-555555555555',
  name: 'Ruas Gelumbang',
  place: 'Gelumbang, Kabupaten Muara Enim',
  state: 'down',
  cause: 'power',
  confidence: 0.8,
  startedAt,
  sites: 12,
  devices: 1_024,
};
const link = 'https://simpul.example/i/abc?a=1&b=2';
const EVENTS: readonly MessageEvent[] = [
  { type: 'incident-opened', incident, link },
  { type: 'incident-recovered', incident, endedAt: startedAt + 95 * 60_000, link },
  { type: 'incident-escalated', incident, at: startedAt + 3_600_000, step: 2, acknowledgedBy: null, link },
  { type: 'incident-escalated', incident, at: startedAt + 3_600_000, step: 2, acknowledgedBy: 'Dewi', link },
  { type: 'test', channelName: 'Telegram NOC', at: startedAt },
];

test('an opened incident is told in Indonesian', () => {
  const message = composeMessage({ type: 'incident-opened', incident, link }, 'id', WIB);

  expect(message).toMatchObject({
    subject: 'Putus: Ruas Gelumbang',
    text: [
      'Sejak 22 Nov 2026, 10.15 WIB.',
      'Lokasi: Gelumbang, Kabupaten Muara Enim.',
      'Dugaan penyebab: listrik padam (keyakinan 80%).',
      'Terdampak: 12 lokasi, 1.024 perangkat.',
    ].join('\n'),
    short:
      'Putus: Ruas Gelumbang, Gelumbang, Kabupaten Muara Enim. Sejak 22 Nov, 10.15 WIB. Dugaan: listrik padam. 12 lokasi terdampak.',
    link,
    threadId: incident.incidentId,
  });
});

test('a recovery is told in English with how long it took', () => {
  const message = composeMessage(
    { type: 'incident-recovered', incident: { ...incident, sites: 1 }, endedAt: startedAt + 95 * 60_000 },
    'en',
    WIB,
  );

  expect(message.subject).toBe('Recovered: Ruas Gelumbang');
  expect(message.text).toContain('Recovered 22 Nov 2026, 11:50 WIB after 1 hour 35 minutes.');
  expect(message.text).toContain('Affected: 1 site, 1,024 devices.');
  expect(message).not.toHaveProperty('link');
});

describe.each(['id', 'en'] as const)('in %s', (language) => {
  test.each(EVENTS)('$type fits two SMS of the plain alphabet', (event) => {
    const { short } = composeMessage(event, language, WIB);

    expect(measureSms(`${short}\n${link}`)).toMatchObject({ encoding: 'gsm-7' });
    expect(measureSms(`${short}\n${link}`).parts).toBeLessThanOrEqual(2);
    expect(short).not.toContain('\n');
  });

  test.each(EVENTS)('$type says nothing undefined, and the same every time', (event) => {
    const message = composeMessage(event, language, WIB);

    expect(JSON.stringify(message)).not.toMatch(/undefined|null|NaN|\[object/);
    expect(composeMessage(event, language, WIB)).toEqual(message);
  });
});

test('names cannot become markup, lines, or signs that turn the text', () => {
  const name = '<img src=x onerror=alert(1)>\r\nBcc: a@b\u202e"\'&';
  const channelName = '</p><script>';

  const opened = composeMessage({ type: 'incident-opened', incident: { ...incident, name } }, 'id', WIB);
  const tested = composeMessage({ type: 'test', channelName, at: startedAt }, 'id', WIB);

  expect(opened.subject).toBe('Putus: <img src=x onerror=alert(1)> Bcc: a@b "\'&');
  expect(opened.html).not.toMatch(/<img|\u202e/);
  expect(opened.html).toContain('&lt;img src=x onerror=alert(1)&gt; Bcc: a@b &quot;&#39;&amp;');
  expect(tested.html).not.toContain('<script');
});

test('only a link of http becomes one', () => {
  const good = composeMessage({ type: 'incident-opened', incident, link }, 'id', WIB);
  const bad = composeMessage({ type: 'incident-opened', incident, link: 'javascript:alert(1)' }, 'id', WIB);

  expect(good.html).toContain('<a href="https://simpul.example/i/abc?a=1&amp;b=2">Buka</a>');
  expect(bad.html).not.toContain('javascript:');
});

test('a name without an end stays within its place', () => {
  const endless = { ...incident, name: 'x'.repeat(10_000), place: 'y'.repeat(10_000) };

  const { subject, short, text } = composeMessage({ type: 'incident-opened', incident: endless }, 'id', WIB);

  expect(Math.max(subject.length, 160)).toBe(160);
  expect(short.length + text.length).toBeLessThan(800);
});
