import { describe, expect, test } from 'vitest';
import type { AffectedSite, EvidenceItem } from '../../../core/contract/incidents.ts';
import { zoneOf } from '../../../core/domain/zone.ts';
import { evidenceText, surenessOf } from '../../../web/components/evidence-words.ts';
import { createFormat } from '../../../web/i18n/format.ts';
import { id } from '../../../web/i18n/id.ts';
import { branchesOf } from '../../../web/pages/incident/branches.ts';
import { schemaFields, settingsOf } from '../../../web/pages/settings/schema-fields.ts';
import { mondayOf, spansOfDay } from '../../../web/pages/settings/week.ts';

const ZONE = zoneOf('16');
const f = createFormat('id', ZONE, id);
const said = (kind: EvidenceItem['kind'], figure: number, unit: EvidenceItem['unit']) =>
  evidenceText({ kind, figure, unit, at: 0, of: null }, id, f);

describe('evidence', () => {
  test.each([
    ['kept-running', 43_210, 'min', 'Tetap menyala 30 hari tanpa putus: bukan listrik'],
    ['restarted', 3, 'min', 'Baru menyala 3 menit saat terbaca lagi: sempat kehilangan daya'],
    ['mains-on', 231.6, 'V', 'Listrik PLN di lokasi menyala (232 V)'],
    ['mains-off', 0, 'V', 'Listrik PLN di lokasi padam'],
    ['signal-fell', 7.4, 'dB', 'Sinyal turun 7,4 dB sebelum putus'],
    ['sites-together', 1_200, 'sites', '1.200 lokasi putus bersamaan dalam satu menit'],
  ] as const)('%s is said with its figure and unit', (kind, figure, unit, text) => {
    expect(said(kind, figure, unit)).toBe(text);
  });

  test('is as sure as its confidence says', () => {
    expect([0.95, 0.9, 0.7, 0.4, 0.1].map(surenessOf)).toEqual([
      'almost-certain',
      'almost-certain',
      'likely',
      'possible',
      'weak',
    ]);
  });
});

describe('what an incident takes down', () => {
  test('stands under its regency, the one with most devices first', () => {
    const site = (siteName: string, place: string, devices: number): AffectedSite => ({
      siteId: siteName,
      siteName,
      siteKind: 'agency',
      regionCode: '16',
      place,
      devices,
      openOutages: 0,
    });
    const sites = [
      site('a', 'Sukamaju, Gelumbang, Muara Enim', 2),
      site('b', 'Lahat', 3),
      site('c', 'Belida, Muara Enim', 2),
    ];

    const branches = branchesOf(sites);

    expect(branches.map(({ name, devices }) => [name, devices])).toEqual([
      ['Muara Enim', 4],
      ['Lahat', 3],
    ]);
  });
});

describe('the form of a channel', () => {
  const SCHEMA = {
    type: 'object',
    required: ['host', 'tls'],
    properties: {
      port: { type: 'integer', minimum: 1 },
      host: { type: 'string', maxLength: 253 },
      tls: { type: 'string', enum: ['tls', 'none'] },
      password: { type: 'string' },
      body: { type: 'string', maxLength: 4_000 },
      parts: { type: 'array', items: { type: 'string', enum: ['a', 'b'] } },
      odd: { anyOf: [] },
    },
  };

  test('has a field for each setting it can show, those that must be filled first', () => {
    const fields = schemaFields(SCHEMA, ['password']);

    expect(fields.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
      'host text',
      'tls choice',
      'port number',
      'password text',
      'body text',
      'parts several',
    ]);
    expect(fields.filter(({ isSecret }) => isSecret).map(({ name }) => name)).toEqual(['password']);
    expect(schemaFields(null, [])).toEqual([]);
  });

  test('sends numbers as numbers, and leaves out what is empty, so that a stored secret stays', () => {
    const form = new FormData();
    for (const [name, value] of Object.entries({ host: ' mail.example.id ', tls: 'tls', port: '587', password: '' }))
      form.append(name, value);
    for (const part of ['a', 'b']) form.append('parts', part);

    const settings = settingsOf(schemaFields(SCHEMA, ['password']), form);

    expect(settings).toEqual({ host: 'mail.example.id', tls: 'tls', port: 587, parts: ['a', 'b'] });
  });
});

describe('the week of those on duty', () => {
  test('begins on Monday at midnight of the province', () => {
    const sunday = Date.parse('2026-11-22T23:30+07:00');

    expect(mondayOf(sunday, ZONE)).toBe(Date.parse('2026-11-16T00:00+07:00'));
    expect(mondayOf(Date.parse('2026-11-23T00:00+07:00'), ZONE)).toBe(Date.parse('2026-11-23T00:00+07:00'));
  });

  test('cuts spans at the ends of a day, and joins those with the same people', () => {
    const person = { recipientId: 'a', name: 'Budi', insteadOf: null, isReachable: true };
    const spans = [
      { from: 0, to: 30, people: [person] },
      { from: 30, to: 50, people: [person] },
      { from: 50, to: 90, people: [] },
    ];

    const day = spansOfDay(spans, { from: 10, to: 60 });

    expect(day.map(({ from, to, people }) => [from, to, people.length])).toEqual([
      [10, 50, 1],
      [50, 60, 0],
    ]);
  });
});
