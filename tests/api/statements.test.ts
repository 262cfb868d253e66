import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Availability } from '../../core/contract/availability.ts';
import type { Statement, StatementLink } from '../../core/contract/statements.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../core/domain/clock.ts';
import type { State } from '../../core/domain/state.ts';
import { layProvince, NOON, openTestApi, type Province, type TestApi } from '../support/api.ts';
import { pdfText } from '../support/pdf.ts';
import { seededRandom } from '../support/random.ts';

/** October 2026 in western Indonesia: 31 days from the last evening of September, by UTC. */
const FROM = Date.UTC(2026, 8, 30, 17);
const TO = Date.UTC(2026, 9, 31, 17);
const SECONDS = 31 * 86_400;
const FEE = 12_345_678;
const STEPS = [
  { belowPercent: 99.5, restitutionPercent: 5 },
  { belowPercent: 98, restitutionPercent: 12.5 },
  { belowPercent: 90, restitutionPercent: 40 },
];

type Change = { readonly at: number; readonly state: State; readonly reason: string | null };
type Excluded = { readonly from: number; readonly to: number; readonly reason: 'planned' | 'power' };

let api: TestApi;
let province: Province;
let cookie: string;
let histories: { readonly inside: readonly Change[]; readonly core: readonly Change[] };
const PLANNED: Excluded = { from: FROM + 3 * DAY + 123, to: FROM + 3 * DAY + 7 * HOUR + 456, reason: 'planned' };
const POWER: Excluded = { from: FROM + 12 * DAY, to: FROM + 13 * DAY + 1, reason: 'power' };

beforeAll(async () => {
  api = await openTestApi();
  province = await layProvince(api.inventory);
  cookie = (await api.signIn('engineer')).cookie;
  const random = seededRandom(31);
  histories = { inside: history(random, 120), core: history(random, 20) };
  const { inside, core } = province;
  for (const [deviceId, changes] of [
    [inside.device.id, histories.inside],
    [core.device.id, histories.core],
  ] as const) {
    await api.inventory.statuses.layDown(
      changes.map((change, index) => ({ ...change, deviceId, previous: changes[index - 1]?.state ?? 'unknown' })),
    );
  }
  await api.inventory.links.update(inside.link.id, {
    provider: '=Serat/Optik "Sriwijaya"',
    deviceId: inside.device.id,
    ifIndex: 3,
    slaPercent: 99.5,
  });
  await post(`links/${inside.link.id}/terms`, {
    validFrom: '2026-10',
    monthlyFeeRupiah: FEE,
    steps: STEPS,
    powerCounts: false,
  });
  await post('exclusions', { scopeKind: 'link', scopeId: inside.link.id, ...PLANNED, note: 'ganti kabel' });
  await post('exclusions', { scopeKind: 'site', scopeId: inside.site.id, ...POWER, note: 'PLN padam' });
  await api.series.append(traffic(inside.device.id));
});
afterAll(() => api.close());

/** Up for hours, something else for minutes; at any millisecond, from before the month to after it. */
function history(random: () => number, changes: number): Change[] {
  const kinds: readonly Omit<Change, 'at'>[] = [
    { state: 'down', reason: 'timeout' },
    { state: 'degraded', reason: 'loss' },
    { state: 'down', reason: 'refused' },
    { state: 'unknown', reason: 'collector-blind' },
    { state: 'unknown', reason: 'parent-down' },
  ];
  const told: Change[] = [{ at: FROM - DAY, state: 'up', reason: null }];
  for (let index = 0; index < changes; index++) {
    const at = FROM - HOUR + Math.floor(((index + random()) * (32 * DAY)) / changes);
    const kind = kinds[Math.floor(random() * kinds.length)] ?? { state: 'down', reason: null };
    told.push({ ...kind, at }, { at: at + Math.floor(random() * 1.5 * HOUR) + 1, state: 'up', reason: null });
  }
  return told.sort((a, b) => a.at - b.at);
}

/** Octets of a port, a counter a minute, over the last hours before noon: 40 Mbit/s, and for a twentieth 48. */
function traffic(deviceId: string) {
  let octets = 0;
  const samples = [];
  for (let minute = 0; minute <= 600; minute++) {
    octets += (minute >= 570 ? 48e6 : 40e6) * (60 / 8);
    const at = NOON - 10 * HOUR + minute * MINUTE;
    for (const metric of ['interface.ifHCInOctets', 'interface.ifHCOutOctets']) {
      samples.push({ deviceId, metric, instance: '3', kind: 'counter' as const, value: octets, at });
    }
  }
  return samples;
}

async function post(url: string, payload: object): Promise<{ id: string }> {
  const answer = await api.app.inject({ method: 'POST', url: `/api/v1/${url}`, payload, headers: { cookie } });
  expect([answer.statusCode, answer.body]).toEqual([201, expect.any(String)]);
  return answer.json();
}
const get = (url: string, as = cookie) => api.app.inject({ url: `/api/v1/${url}`, headers: { cookie: as } });
async function read<T>(url: string): Promise<T> {
  const answer = await get(url);
  expect([answer.statusCode, answer.body.slice(0, 200)]).toEqual([200, expect.any(String)]);
  return answer.json();
}
const OF_PROVIDER = `provider=${encodeURIComponent('=Serat/Optik "Sriwijaya"')}`;

/** A month told second by second, with nothing of what is under test. */
function bySecond(changes: readonly Change[]): string[] {
  const told = new Array<string>(SECONDS).fill('unknown');
  for (const [index, { at, state }] of changes.entries()) {
    const start = Math.floor(at / SECOND) - FROM / SECOND;
    const next = changes[index + 1]?.at ?? TO;
    told.fill(state, Math.max(0, start), Math.max(0, Math.floor(next / SECOND) - FROM / SECOND));
  }
  return told.slice(0, SECONDS);
}
function exclude(told: string[], { from, to, reason }: Excluded): string[] {
  const left = told.slice();
  left.fill(reason, Math.floor(from / SECOND) - FROM / SECOND, Math.floor(to / SECOND) - FROM / SECOND);
  return left;
}
/** The link is as its device at the village, and down while the core does not answer. */
function expectedLink(excluded: readonly Excluded[]): string[] {
  const [village, core] = [bySecond(histories.inside), bySecond(histories.core)];
  const link = village.map((state, second) => (core[second] === 'down' ? 'down' : state));
  return excluded.reduce(exclude, link);
}
function sums(told: readonly string[]) {
  const count = (kind: string): number => told.filter((one) => one === kind).length;
  const [up, degraded, down] = [count('up'), count('degraded'), count('down')];
  return {
    up,
    degraded,
    down,
    unknown: count('unknown'),
    planned: count('planned'),
    power: count('power'),
    percent: Math.floor(((up + degraded) * 1_000_000) / (up + degraded + down)) / 10_000,
  };
}
const linkOf = async (): Promise<StatementLink> => {
  const statement = await read<Statement>(`statements/2026-10?${OF_PROVIDER}`);
  const [link] = statement.links;
  if (link === undefined) throw new Error('a statement without its link');
  return link;
};

describe('a month with known outages', () => {
  test('is measured as it is counted second by second', async () => {
    const expected = sums(expectedLink([PLANNED, POWER]));

    const { seconds, availabilityPercent, verdict } = await linkOf();

    expect(seconds).toMatchObject({
      up: expected.up,
      degraded: expected.degraded,
      down: expected.down,
      unknown: expected.unknown,
      excludedBy: { planned: expected.planned, power: expected.power, 'force-majeure': 0, other: 0 },
    });
    expect(expected.planned + expected.power).toBe(7 * 3600 + 86_400);
    expect(seconds.up + seconds.degraded + seconds.down + seconds.unknown + seconds.excluded).toBe(SECONDS);
    expect([availabilityPercent, verdict]).toEqual([expected.percent, 'missed']);
    expect(expected.percent).toBeLessThan(98);
    expect(expected.percent).toBeGreaterThan(90);
  });

  test('says the same of the link alone, of its device, its site, and the hotspots of its region', async () => {
    const range = `from=${FROM}&to=${TO}`;
    const of = async (thing: string) => await read<Availability>(`availability?of=${thing}&${range}`);
    const { inside, insidePublic } = province;

    const [link, device, site] = [
      await of(`link:${inside.link.id}`),
      await of(`device:${inside.device.id}`),
      await of(`site:${inside.site.id}`),
    ];
    const [silent, village, region] = [
      await of(`site:${insidePublic.site.id}`),
      await of('village:16.03.11.2009'),
      await of('region:16.03'),
    ];

    const alone = sums(bySecond(histories.inside));
    expect([link.seconds, link.availabilityPercent]).toEqual([
      (await linkOf()).seconds,
      (await linkOf()).availabilityPercent,
    ]);
    for (const one of [device, site]) {
      expect(one.seconds).toMatchObject({ up: alone.up, degraded: alone.degraded, down: alone.down, excluded: 0 });
    }
    expect(device.seconds.cutOff).toBeGreaterThan(0);
    expect(silent).toMatchObject({ availabilityPercent: null, seconds: { unknown: SECONDS }, things: 1 });
    // Of the village one site was never seen: what falls makes it partial, and nothing makes it normal.
    expect(village.seconds).toMatchObject({ up: 0, degraded: alone.degraded + alone.down, down: 0 });
    expect(region).toMatchObject({ things: 2, timeline: null, availabilityPercent: alone.percent });
    expect(region.seconds.unknown).toBe(SECONDS + alone.unknown);
  });

  test('gives back what the contract says, to the rupiah', async () => {
    const link = await linkOf();

    const expected = Math.floor(FEE * 0.125 + 0.5);
    expect(link).toMatchObject({ feeRupiah: FEE, restitutionPercent: 12.5, restitutionRupiah: expected });
  });

  test('lists its outages, which add up to what was counted, with what was seen', async () => {
    const { outages, seconds } = await linkOf();

    const sum = (of: (outage: StatementLink['outages'][number]) => number) =>
      outages.reduce((total, outage) => total + of(outage), 0);
    expect(sum(({ countedS }) => countedS)).toBe(seconds.down);
    expect(sum(({ seconds: lasted }) => lasted)).toBe(expectedLink([]).filter((one) => one === 'down').length);
    expect(sum(({ excludedS }) => excludedS)).toBeGreaterThan(0);
    for (const { evidence, from, to } of outages) {
      expect(evidence.length).toBeGreaterThan(0);
      expect(evidence.every((one) => one.from >= from && one.to <= to)).toBe(true);
      expect(evidence.every(({ reason }) => reason === 'timeout' || reason === 'refused')).toBe(true);
    }
  });

  test('names the incident that an outage was part of, with its cause', async () => {
    const { device } = province.inside;
    const fell = histories.inside.findIndex(({ at, state }) => at > FROM + 15 * DAY && state === 'down');
    const [startedAt, endedAt] = [histories.inside[fell]?.at ?? 0, histories.inside[fell + 1]?.at ?? 0];
    await api.inventory.outages.layDown([
      { deviceId: device.id, startedAt, detectedAt: startedAt + 9_000, endedAt, reason: 'timeout' },
    ]);
    await api.inventory.sql.run(
      `WITH made AS (
         INSERT INTO incident (id, started_at, ended_at, opened_at, root_kind, root_device_id, region_code, cause)
         VALUES (gen_random_uuid(), $2, $3, $2, 'device', $1, '16.03', 'power') RETURNING id
       ) INSERT INTO incident_outage (outage_id, incident_id) SELECT o.id, made.id FROM outage o, made WHERE o.device_id = $1`,
      [device.id, new Date(startedAt), new Date(endedAt)],
    );

    const { outages } = await linkOf();
    const list = await get(`statements/2026-10/file?${OF_PROVIDER}&format=csv&table=outages`);

    const named = outages.filter(({ incidents }) => incidents.length > 0);
    expect(named.map(({ from, incidents }) => [from, incidents.map(({ cause }) => cause)])).toEqual([
      [startedAt - (startedAt % SECOND), ['power']],
    ]);
    expect(list.body).toMatch(/insiden \d+ \(listrik padam\)/);
  });

  test('says the same in CSV, with text that no spreadsheet runs', async () => {
    const { seconds, availabilityPercent, restitutionRupiah, outages } = await linkOf();

    const file = await get(`statements/2026-10/file?${OF_PROVIDER}&format=csv`);
    const list = await get(`statements/2026-10/file?${OF_PROVIDER}&format=csv&table=outages`);

    const [row] = rowsOf(file.body);
    expect(file.headers['content-disposition']).toBe('attachment; filename="2026-10-serat-optik-sriwijaya-links.csv"');
    expect(row).toMatchObject({
      Penyedia: `'=Serat/Optik "Sriwijaya"`,
      'Tersedia (%)': String(availabilityPercent),
      'Normal (detik)': String(seconds.up),
      'Terganggu (detik)': String(seconds.degraded),
      'Putus (detik)': String(seconds.down),
      'Tidak diketahui (detik)': String(seconds.unknown),
      'Dikecualikan (detik)': String(seconds.excluded),
      'Restitusi (Rp)': String(restitutionRupiah),
      Mulai: '2026-10-01T00:00:00+07:00',
      Selesai: '2026-11-01T00:00:00+07:00',
    });
    const counted = rowsOf(list.body).map((outage) => Number(outage['Dihitung (detik)']));
    expect(counted).toEqual(outages.map(({ countedS }) => countedS));
  });

  test('says the same in the PDF', async () => {
    const { seconds, availabilityPercent, restitutionRupiah, outages } = await linkOf();

    const answer = await get(`statements/2026-10/file?${OF_PROVIDER}&format=pdf`);

    const text = (await pdfText(answer.rawPayload)).replace(/\s+/g, ' ');
    const marked = (value: number) => String(value).replace(/\B(?=(\d{3})+$)/g, '.');
    expect(answer.headers['content-type']).toBe('application/pdf');
    expect(text).toContain('Laporan Ketersediaan Layanan – Oktober 2026');
    expect(text).toContain('Penyedia: =Serat/Optik "Sriwijaya"');
    expect(text).toContain(
      `Tersedia (%): ${String(availabilityPercent?.toFixed(4)).replace('.', ',')} (tidak terpenuhi)`,
    );
    for (const [name, count] of [
      ['Normal', seconds.up],
      ['Terganggu', seconds.degraded],
      ['Putus', seconds.down],
      ['Tidak diketahui', seconds.unknown],
      ['Dikecualikan', seconds.excluded],
    ] as const) {
      expect(text).toContain(`${name}: ${marked(count)} detik`);
    }
    expect(text).toContain(`= Rp${marked(restitutionRupiah ?? -1)}`);
    const listed = [
      ...text.matchAll(
        /(\d\d-\d\d-2026 \d\d\.\d\d\.\d\d) (\d\d-\d\d-2026 \d\d\.\d\d\.\d\d) ([\d.]+) [\d.]+:\d\d:\d\d ([\d.]+) ([\d.]+) /g,
      ),
    ];
    expect(listed.map((row) => Number(row[5]?.replaceAll('.', '')))).toEqual(outages.map(({ countedS }) => countedS));
    expect(text).toContain('ganti kabel');
    expect(text).toContain('PLN padam');
  });

  test('is the same file whenever it is made of the same facts, in either language', async () => {
    const make = async (language: string) =>
      (await get(`statements/2026-10/file?${OF_PROVIDER}&format=pdf&language=${language}`)).rawPayload;

    const [first, second, english] = [await make('id'), await make('id'), await make('en')];

    expect(first.equals(second)).toBe(true);
    expect(await pdfText(english)).toContain('Service availability statement – October 2026');
  });
});

const rowsOf = (text: string): Record<string, string>[] => parse(text, { columns: true, bom: true });

describe('what is set afterwards', () => {
  test('changes the figures, and revoked gives back the ones before', async () => {
    const before = await linkOf();
    const late = { from: FROM + 20 * DAY, to: FROM + 22 * DAY, reason: 'planned' as const };
    const { id } = await post('exclusions', { scopeKind: 'region', scopeId: '16.03', ...late, note: 'banjir' });

    const during = await linkOf();
    await post(`exclusions/${id}/revocation`, { note: 'keliru' });
    const after = await linkOf();

    const expected = sums(expectedLink([PLANNED, POWER, late]));
    expect(during.seconds).toMatchObject({ up: expected.up, down: expected.down });
    expect(during.availabilityPercent).toBe(expected.percent);
    expect(after).toEqual(before);
  });

  test('as maintenance that was announced afterwards counts as planned, until it is called off', async () => {
    const { maintenance } = api.inventory;
    const { account } = await api.signIn('admin');
    const by = { accountId: account.id, at: NOON };
    const startsAt = FROM + 24 * DAY;
    const window = await maintenance.create(
      {
        title: 'ganti kabel mingguan',
        note: '',
        startsAt,
        endsAt: startsAt + 2 * HOUR,
        recurrence: 'FREQ=WEEKLY;COUNT=2',
        lastEndsAt: startsAt + 7 * DAY + 2 * HOUR,
        regionCode: '16.03.11.2009',
        deviceIds: [],
        siteIds: [province.inside.site.id],
        regionCodes: [],
      },
      by,
    );

    const during = await linkOf();
    await maintenance.cancel(window.id, by);
    const after = await linkOf();

    const times = [startsAt, startsAt + 7 * DAY].map((from) => ({
      from,
      to: from + 2 * HOUR,
      reason: 'planned' as const,
    }));
    const expected = sums(expectedLink([PLANNED, POWER, ...times]));
    expect(during.seconds.excludedBy.planned).toBe(expected.planned);
    expect(during.availabilityPercent).toBe(expected.percent);
    expect(during.exclusions.map(({ note }) => note)).toContain('ganti kabel mingguan');
    expect(after.seconds.excludedBy.planned).toBe(7 * 3600);
  });

  test('of a place at either end of the link holds for it, of another place does not', async () => {
    const excluded = async (scopeId: string) => {
      const { id } = await post('exclusions', {
        scopeKind: 'site',
        scopeId,
        from: FROM,
        to: FROM + DAY,
        reason: 'force-majeure',
        note: '',
      });
      const { seconds } = await linkOf();
      await post(`exclusions/${id}/revocation`, { note: '' });
      return seconds.excludedBy['force-majeure'];
    };

    expect(await excluded(province.core.site.id)).toBe(86_400);
    expect(await excluded(province.outside.site.id)).toBe(0);
  });

  test('power cuts count where the contract says so', async () => {
    const { link } = province.inside;
    const terms = { validFrom: '2026-10', monthlyFeeRupiah: FEE, steps: STEPS };
    await post(`links/${link.id}/terms`, { ...terms, powerCounts: true });

    const counted = await linkOf();
    await post(`links/${link.id}/terms`, { ...terms, powerCounts: false });
    const excluded = await linkOf();

    expect(counted.seconds.excludedBy.power).toBe(0);
    expect(counted.seconds.down).toBe(sums(expectedLink([PLANNED])).down);
    expect(excluded.seconds.excludedBy.power).toBe(86_400);
  });
});

describe('the running month', () => {
  test('is told up to now, with the load of its port', async () => {
    const statement = await read<Statement>(`statements/2026-11?${OF_PROVIDER}`);

    expect(statement).toMatchObject({ isFinal: false, from: TO, zone: 'WIB', month: '2026-11', asOf: NOON });
    const [link] = statement.links;
    expect([link?.from, link?.to]).toEqual([TO, NOON]);
    expect(link?.p95).toMatchObject({ stepS: 300 });
    expect(link?.p95?.inBps).toBeGreaterThan(40e6);
    expect(link?.p95?.inBps).toBeLessThan(49e6);
    expect(link?.p95?.share).toBeGreaterThan(0.8);
  });

  test('has a fee for the days under contract alone, and measures those', async () => {
    const { link } = province.inside;
    await api.inventory.links.update(link.id, {
      contractFrom: Date.UTC(2026, 9, 11),
      contractTo: Date.UTC(2026, 9, 20),
    });

    const part = await linkOf();
    const before = await read<Statement>(`statements/2026-09?${OF_PROVIDER}`);
    await api.inventory.links.update(link.id, { contractFrom: null, contractTo: null });

    expect([part.from, part.to]).toEqual([FROM + 10 * DAY, FROM + 20 * DAY]);
    expect(part.feeRupiah).toBe(Math.floor((FEE * 10) / 31 + 0.5));
    const { up, degraded, down, unknown, excluded } = part.seconds;
    expect(up + degraded + down + unknown + excluded).toBe(10 * 86_400);
    expect(before.links).toEqual([]);
  });
});

describe('who asks', () => {
  test('finds the parties of the own region, and their statements alone', async () => {
    const inside = (await api.signIn('planner', '16.03')).cookie;
    const outside = (await api.signIn('planner', '16.71')).cookie;

    const parties = (await get('statements', inside)).json();
    const others = (await get('statements', outside)).json();
    const refused = await get(`statements/2026-10?${OF_PROVIDER}`, outside);

    expect(parties).toMatchObject({
      month: '2026-11',
      firstMonth: '2026-09',
      items: [{ party: { kind: 'provider' }, links: 1 }],
    });
    expect(others.items).toEqual([]);
    expect(refused.statusCode).toBe(404);
  });

  test('sees of things elsewhere as little as if they did not exist', async () => {
    const outside = (await api.signIn('officer', '16.71')).cookie;
    const { inside } = province;
    const range = `from=${FROM}&to=${TO}`;

    for (const of of [`device:${inside.device.id}`, `site:${inside.site.id}`, 'village:16.03.11.2009', 'region:16']) {
      expect((await get(`availability?of=${of}&${range}`, outside)).statusCode).toBe(404);
    }
    // Its far end stands there.
    expect((await get(`availability?of=link:${inside.link.id}&${range}`, outside)).statusCode).toBe(200);
    expect((await get(`availability?of=agency:${inside.site.id}&${range}`)).statusCode).toBe(404);
  });

  test('excludes nothing above or beside the own region', async () => {
    const engineer = (await api.signIn('engineer', '16.03')).cookie;
    const { core, outside } = province;
    const times = { from: FROM, to: TO, reason: 'planned', note: '' };

    for (const [scopeKind, scopeId] of [
      ['region', '16'],
      ['region', '16.71'],
      ['site', core.site.id],
      ['device', outside.device.id],
      ['link', outside.link.id],
    ]) {
      const payload = { scopeKind, scopeId, ...times };
      const answer = await api.app.inject({
        method: 'POST',
        url: '/api/v1/exclusions',
        payload,
        headers: { cookie: engineer },
      });
      expect(answer.statusCode).toBe(404);
    }
  });

  test.each([
    ['statements/2026-10', 400],
    [`statements/2026-10?${OF_PROVIDER}&agency=5f0c8a52-8c2f-4c6e-9d7b-2a1f2f3c4d5e`, 400],
    [`statements/2026-13?${OF_PROVIDER}`, 400],
    [`statements/2026-12?${OF_PROVIDER}`, 400],
    ['statements/2026-10?provider=nobody', 404],
    ['availability?of=device:x&from=1&to=2', 400],
    [`availability?of=region:16&from=${NOON + DAY}&to=${NOON + 2 * DAY}`, 400],
    [`availability?of=region:16&from=0&to=${NOON}`, 400],
    [`availability?of=region:99&from=${FROM}&to=${TO}`, 404],
  ])('is told what is wrong with %s', async (url, status) => {
    expect((await get(url)).statusCode).toBe(status);
  });

  test('an exclusion of what is no id, or that ends before it begins, is refused', async () => {
    const send = (payload: object) =>
      api.app.inject({ method: 'POST', url: '/api/v1/exclusions', payload, headers: { cookie } });
    const good = { scopeKind: 'site', scopeId: 'not-an-id', from: FROM, to: TO, reason: 'planned', note: '' };

    const answers = [
      await send(good),
      await send({ ...good, scopeId: province.core.site.id, to: FROM }),
      await send({ ...good, scopeKind: 'region', scopeId: '99' }),
    ];

    expect(answers.map(({ statusCode }) => statusCode)).toEqual([400, 400, 404]);
  });
});
