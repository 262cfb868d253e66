import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { OfficerView } from '../../core/contract/officer.ts';
import { DAY, HOUR, MINUTE } from '../../core/domain/clock.ts';
import { splitIncident } from '../../core/services/incidents/split.ts';
import { ESCALATION_HOLD_MS } from '../../core/services/officer/answer-officer.ts';
import { layProvince, NOON, openTestApi, type Province, type TestApi } from '../support/api.ts';
import { incidentIn, type LaidIncident } from '../support/incidents.ts';
import { smallPhoto, tokenFor } from '../support/officer.ts';

const VILLAGE = '16.03.11.2009';
let api: TestApi;
let province: Province;
let incident: LaidIncident;
let token: string;
beforeAll(async () => {
  api = await openTestApi();
  province = await layProvince(api.inventory);
});
afterAll(() => api.close());
beforeEach(async () => {
  api.time.now = NOON + MINUTE;
  incident = await incidentIn(api.inventory, province.inside.site.id);
  token = tokenFor(incident.id, VILLAGE);
});

const look = (of = token) => api.app.inject({ url: `/api/v1/officer/${of}` });
const answer = (question: string, reply: string, of = token) =>
  api.app.inject({
    method: 'POST',
    url: `/api/v1/officer/${of}/answers`,
    payload: { question, answer: reply },
  });
const sendPhoto = (payload: Buffer, type = 'image/png', of = token) =>
  api.app.inject({ method: 'POST', url: `/api/v1/officer/${of}/photos`, payload, headers: { 'content-type': type } });
const detail = async (region = '') => {
  const { cookie } = await api.signIn('engineer', region);
  return (await api.app.inject({ url: `/api/v1/incidents/${incident.id}`, headers: { cookie } })).json();
};
const officerEvidence = async () =>
  (await api.inventory.incidents.evidence(incident.id))
    .map(({ kind }) => kind)
    .filter((kind) => kind.startsWith('officer'));
const endOutages = (at: number) =>
  api.inventory.sql.run('UPDATE incident SET ended_at = $2, closed_at = $2 WHERE id = $1', [incident.id, new Date(at)]);

describe('a link', () => {
  test('shows the village, its hotspots and what is asked, and nothing else of the province', async () => {
    const seen = await look();

    const view: OfficerView = seen.json();
    expect(seen.statusCode).toBe(200);
    expect(view).toMatchObject({ village: 'Sukamaju', startedAt: NOON, isOver: false, isHandled: false, photos: 0 });
    expect(view.sites.map(({ kind, state }) => [kind, state])).toEqual([['village-office', 'down']]);
    expect(view.questions.map(({ question, answer: said }) => [question, said])).toEqual([
      ['lamp', null],
      ['plug', null],
    ]);
    expect(seen.body).not.toMatch(/16\.71|127\.0\.0\.1|Palembang/);
    expect(seen.body).not.toContain(incident.id);
  });

  test('opens the same incident of another village with nothing of the first', async () => {
    const seen = await look(tokenFor(incident.id, '16.71.01.1001'));

    expect(seen.json()).toMatchObject({ village: '35 Ilir' });
    expect(seen.body).not.toContain('Sukamaju');
  });

  test('follows its incident into the one that took it over', async () => {
    const other = await incidentIn(api.inventory, province.inside.site.id);
    const ledger = api.inventory.incidentLedger;
    await ledger.alone((tx) => ledger.absorb(tx, other.id, [incident.id], NOON));

    await answer('lamp', 'off');

    const timeline = await api.inventory.incidents.timeline(other.id);
    expect(timeline.map(({ kind }) => kind)).toContain('officer-answered');
  });

  test('follows the outages of its village into what was split off, with what was answered', async () => {
    const both = await incidentIn(api.inventory, province.inside.site.id, 2);
    const old = tokenFor(both.id, VILLAGE);
    await answer('lamp', 'off', old);
    await api.inventory.sql.run("UPDATE outage SET ended_at = started_at + interval '1 minute' WHERE id = $1", [
      both.outageIds[0],
    ]);
    const { id: accountId } = (await api.signIn('engineer')).account;
    const outageIds = both.outageIds.slice(1);
    const made = await splitIncident(api, both.id, { outageIds, accountId });

    const seen = await look(old);
    await answer('plug', 'out', old);

    expect(seen.json()).toMatchObject({ isOver: false, questions: [{ answer: 'off' }, { answer: null }] });
    expect((await api.inventory.officerAnswers.of(made)).map(({ question }) => question)).toEqual(['lamp', 'plug']);
  });

  test.each([
    ['is none', 'A'.repeat(56), 404, 'not-found'],
    ['has expired', tokenFor('6f2d3c1a-9b0e-4f57-8a11-0c2b7d9e5f30', VILLAGE, () => NOON - 8 * DAY), 410, 'gone'],
    ['is of an incident that is gone', tokenFor('6f2d3c1a-9b0e-4f57-8a11-0c2b7d9e5f30', VILLAGE), 404, 'not-found'],
  ])('that %s is refused everywhere, before any body is read', async (_, bad, status, code) => {
    const answers = [
      await look(bad),
      await answer('lamp', 'off', bad),
      await sendPhoto(Buffer.alloc(9), 'image/png', bad),
    ];

    expect(answers.map(({ statusCode }) => statusCode)).toEqual([status, status, status]);
    expect(answers.map((one) => one.json().code)).toEqual([code, code, code]);
  });

  test('may be used as often as people do, and no more', async () => {
    const counts = new Map<number, number>();
    for (let n = 0; n < 40; n++) {
      const { statusCode } = await answer('lamp', n % 2 === 0 ? 'on' : 'off');
      counts.set(statusCode, (counts.get(statusCode) ?? 0) + 1);
    }
    api.time.now += 16 * MINUTE;

    const later = await answer('lamp', 'unsure');

    expect(Object.fromEntries(counts)).toEqual({ 200: 30, 429: 10 });
    expect(later.statusCode).toBe(200);
  });
});

describe('an answer', () => {
  test('stands in the timeline as the officer’s, and is what the page shows', async () => {
    const answered = await answer('lamp', 'off');
    await answer('plug', 'out');

    const { timeline } = await detail();

    expect(answered.json().questions[0]).toMatchObject({ question: 'lamp', answer: 'off', at: NOON + MINUTE });
    expect(timeline.filter(({ kind }: { kind: string }) => kind === 'officer-answered')).toMatchObject([
      { by: null, officer: { village: 'Sukamaju', question: 'lamp', answer: 'off' } },
      { by: null, officer: { village: 'Sukamaju', question: 'plug', answer: 'out' } },
    ]);
  });

  test('that is given again changes nothing; another one counts from then on', async () => {
    await answer('lamp', 'off');
    await answer('lamp', 'off');
    await answer('lamp', 'on');

    const { timeline } = await detail();

    expect(timeline.filter(({ kind }: { kind: string }) => kind === 'officer-answered')).toHaveLength(2);
    expect(await officerEvidence()).toEqual(['officer-lamp-on']);
  });

  test('changes what the cause is held for at once', async () => {
    const before = await detail();
    await answer('lamp', 'off');
    const dark = await detail();
    await answer('plug', 'no-power');
    const powerless = await detail();

    expect(before.confidence).toBe(0);
    expect([dark.cause, powerless.cause]).toEqual(['power', 'power']);
    expect(powerless.confidence).toBeGreaterThan(dark.confidence);
    expect(powerless.evidence[0]).toMatchObject({ kind: 'officer-no-power-in-village', of: 'Sukamaju' });
  });

  test('from a village that the root does not stand in says nothing of the cause, and holds nothing', async () => {
    await api.inventory.incidentLedger.alone((tx) =>
      api.inventory.incidentLedger.describe(tx, incident.id, {
        root: { kind: 'device', deviceId: incident.deviceIds[0] ?? '' },
        startedAt: NOON,
        regionCode: '16',
      }),
    );

    const answered = await answer('lamp', 'off', tokenFor(incident.id, '16.71.01.1001'));

    expect(answered.statusCode).toBe(200);
    expect(await officerEvidence()).toEqual([]);
    expect(await heldUntil()).toBeNull();
  });

  test('holds escalation for half an hour', async () => {
    await answer('lamp', 'unsure');

    expect(await heldUntil()).toBe(NOON + MINUTE + ESCALATION_HOLD_MS);
  });

  test('that belongs to no question is refused', async () => {
    const answers = [await answer('lamp', 'no-power'), await answer('plug', 'on'), await answer('colour', 'red')];

    expect(answers.map(({ statusCode }) => statusCode)).toEqual([400, 400, 400]);
  });

  test('comes too late once the hotspot is back', async () => {
    await endOutages(NOON + HOUR);

    const [seen, late] = [await look(), await answer('lamp', 'off')];

    expect(seen.json().isOver).toBe(true);
    expect([late.statusCode, late.json().code]).toEqual([409, 'conflict']);
  });

  test('is not told of by name to an account of another region', async () => {
    const code = '16.71';
    await api.inventory.incidentLedger.alone((tx) =>
      api.inventory.incidentLedger.addEffects(tx, incident.id, [province.outside.device.id]),
    );
    await answer('lamp', 'off');

    const { timeline } = await detail(code);

    const [told] = timeline.filter(({ kind }: { kind: string }) => kind === 'officer-answered');
    expect(told.officer).toEqual({ village: null, question: 'lamp', answer: 'off' });
  });
});

const heldUntil = async () => {
  const rows = await api.inventory.sql.query<{ at: Date | null }>(
    'SELECT held_until AS at FROM incident WHERE id = $1',
    [incident.id],
  );
  return rows[0]?.at?.getTime() ?? null;
};

describe('a photograph', () => {
  test('is kept without what its file said of place and camera, and told of', async () => {
    const file = await sharp(await smallPhoto())
      .jpeg()
      .withExif({ IFD3: { GPSLatitudeRef: 'S', GPSLatitude: '3/1 12/1 0/1' }, IFD0: { Make: 'SECRET' } })
      .toBuffer();

    const sent = await sendPhoto(file, 'image/jpeg');

    const [photo] = await api.inventory.photos.of(incident.id, NOON);
    const stored = await api.inventory.photos.get(incident.id, photo?.id ?? '', NOON);
    expect(sent.json()).toMatchObject({ photos: 1 });
    expect(file.toString('latin1')).toContain('SECRET');
    expect(stored?.bytes.toString('latin1')).not.toMatch(/SECRET|Exif/);
    expect((await detail()).timeline.at(-1)).toMatchObject({
      kind: 'photo-added',
      photoId: photo?.id,
      officer: { village: 'Sukamaju' },
    });
    expect(await heldUntil()).toBe(NOON + MINUTE + ESCALATION_HOLD_MS);
  });

  test('that a bad line sends twice is there once', async () => {
    const file = await smallPhoto();

    const sent = [await sendPhoto(file), await sendPhoto(file)];

    expect(sent.map((one) => one.json().photos)).toEqual([1, 1]);
  });

  test('may come six times from a village', async () => {
    const sent: number[] = [];
    for (let n = 0; n < 8; n++) sent.push((await sendPhoto(await smallPhoto())).statusCode);

    expect(sent).toEqual([200, 200, 200, 200, 200, 200, 409, 409]);
  });

  test.each([
    ['is none', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'image/png', 415, 'not-supported'],
    ['is cut off', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'image/png', 400, 'bad-input'],
    ['is larger than 8 MB', Buffer.alloc(8 * 1024 * 1024 + 1), 'image/jpeg', 413, 'too-large'],
    ['calls itself something else', Buffer.from('x'), 'image/svg+xml', 415, 'not-supported'],
    ['is a form', Buffer.from('a=b'), 'application/x-www-form-urlencoded', 415, 'not-supported'],
  ])('that %s is refused', async (_, bytes, type, status, code) => {
    const sent = await sendPhoto(bytes, type);

    expect([sent.statusCode, sent.json().code]).toEqual([status, code]);
    expect(await api.inventory.photos.of(incident.id, NOON)).toEqual([]);
  });
});

test('without a key there are no links, and that is said', async () => {
  const keyless = await openTestApi({ config: { secretKey: null } });

  const seen = await keyless.app.inject({ url: `/api/v1/officer/${token}` });

  expect(seen.statusCode).toBe(500);
  expect(seen.json()).toMatchObject({ code: 'config', detail: expect.stringContaining('SIMPUL_SECRET_KEY') });
  await keyless.close();
});
