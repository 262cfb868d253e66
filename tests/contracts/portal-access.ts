import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Secret } from '../../core/config/secret.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../core/domain/clock.ts';
import { dayEnd, dayOf } from '../../core/domain/portal/day.ts';
import { type AccountingRecord, account } from '../../core/services/portal/account.ts';
import { type AuthRequest, authenticate } from '../../core/services/portal/authenticate.ts';
import { endOverused } from '../../core/services/portal/end-overused.ts';
import { issueLogin, LOGIN_LIFE_MS, type LoginAsked } from '../../core/services/portal/issue-login.ts';
import { deviceHash, type PortalParts } from '../../core/services/portal/portal-parts.ts';
import type { Inventory } from '../../core/stores/inventory/inventory.ts';
import { layPlace, NO_LIMITS, type Place, portalPartsOf, WIB } from '../support/portal-places.ts';
import type { InventoryUnderTest } from './inventory.ts';

/** 22 November 2026, 10.00 WIB. */
const TEN = Date.UTC(2026, 10, 22, 3);
const MAC = '02:00:00:00:00:64';
const MIB = 1_048_576n;

/** Every implementation of the inventory lets people in and counts like this. */
export function portalAccessContract(name: string, open: () => Promise<InventoryUnderTest>): void {
  describe(`portal on ${name}`, () => {
    let under: InventoryUnderTest;
    let inventory: Inventory;
    let parts: PortalParts;
    let place: Place;
    let now = TEN;
    beforeAll(async () => {
      under = await open();
      inventory = under.inventory;
      parts = portalPartsOf(inventory, () => now);
    });
    afterAll(async () => {
      await under.close();
    });
    beforeEach(async () => {
      now = TEN;
      for (const table of ['site', 'portal_plans', 'portal_usage', 'portal_days', 'portal_audit', 'portal_terms'])
        await inventory.sql.run(`TRUNCATE ${table} CASCADE`);
      place = await layPlace(inventory, { radiusAddress: '10.5.50.1', radiusSecret: 'rahasia-radius' });
    });

    const nas = () => ({ id: place.gateway.id, siteId: place.site.id });
    const asked = (more: Partial<LoginAsked> = {}): LoginAsked => ({
      gateway: nas(),
      macHash: deviceHash(parts.keys, MAC),
      method: 'terms',
      subjectHash: deviceHash(parts.keys, MAC),
      planId: null,
      consentId: null,
      arrivedAt: now - 5 * SECOND,
      reentryUntil: dayEnd(now, WIB),
      ...more,
    });
    async function issued(more: Partial<LoginAsked> = {}) {
      const login = await issueLogin(parts, asked(more));
      if (login.kind !== 'login') throw new Error(`refused: ${login.refusal}`);
      return login;
    }
    const request = (userName: string, password: string, more: Partial<AuthRequest> = {}): AuthRequest => ({
      userName,
      check: (expected) => expected === password,
      callingStationId: '02-00-00-00-00-64',
      calledStationId: 'hotspot1',
      nasIdentifier: 'desa-sukamaju-01',
      framedIp: '10.5.50.7',
      acctSessionId: '80000001',
      ...more,
    });
    const record = (userName: string, more: Partial<AccountingRecord> = {}): AccountingRecord => ({
      gatewayId: place.gateway.id,
      siteId: place.site.id,
      status: 'interim',
      acctSessionId: '80000001',
      userName,
      classText: null,
      mac: MAC,
      framedIp: '10.5.50.7',
      at: now,
      seconds: 0,
      upOctets: 0n,
      downOctets: 0n,
      cause: null,
      ...more,
    });
    const usage = (): Promise<readonly object[]> =>
      inventory.sql.query('SELECT day::text, seconds::int, octets::float8 FROM portal_usage ORDER BY day');
    const listed = async () => (await inventory.portal.sessions.list()).items;

    describe('gateways', () => {
      test('a secret is named and not shown, and opens as a secret', async () => {
        const { gateways } = inventory.portal;

        const shown = await gateways.get(place.gateway.id);
        const opened = await gateways.openByRef(place.gateway.ref);
        const [row] = await inventory.sql.query<{ radius_secret: Buffer }>('SELECT radius_secret FROM portal_gateways');

        expect(shown).toMatchObject({ hasRadiusSecret: true, siteName: 'Situs A', liveSessions: 0, enabled: true });
        expect(opened?.radiusSecret).toBeInstanceOf(Secret);
        expect(opened?.radiusSecret?.reveal()).toBe('rahasia-radius');
        expect(JSON.stringify([shown, opened])).not.toContain('rahasia-radius');
        expect(row?.radius_secret.toString('latin1')).not.toContain('rahasia');
        expect(await gateways.openByRef('tidakada')).toBeNull();
      });

      test('a change keeps the secret that it does not name, and null removes it', async () => {
        const { gateways } = inventory.portal;
        const { id } = place.gateway;
        const before = await gateways.open(id);

        const renamed = await gateways.update(id, { name: 'Lain', settings: { fasKey: 'kunci' } });
        const kept = await gateways.open(id);
        await gateways.update(id, { radiusSecret: null });

        expect(renamed).toMatchObject({ name: 'Lain', hasRadiusSecret: true, secretsSet: ['fasKey'], settings: {} });
        expect(kept.radiusSecret?.reveal()).toBe('rahasia-radius');
        expect(kept.version).toBeGreaterThan(before.version);
        expect((await gateways.open(id)).radiusSecret).toBeNull();
      });

      test('what lowers a guard leaves a trace without the secret', async () => {
        const { gateways, audit } = inventory.portal;
        const { id } = place.gateway;

        await gateways.update(id, { messageAuthenticator: 'no', radiusSecret: 'rahasia-lain-lagi' }, { at: now });
        await gateways.update(id, { name: 'Lain' }, { at: now });

        const { items } = await audit.list({ about: id });
        expect(items.map(({ what }) => what).sort()).toEqual([
          'gateway-message-authenticator-off',
          'gateway-radius-secret-changed',
        ]);
        expect(JSON.stringify(items)).not.toContain('rahasia');
      });

      test('that a gateway signs is remembered until it may be another box', async () => {
        const { gateways } = inventory.portal;
        const { id } = place.gateway;

        await gateways.markAuthenticatorSeen(id, now);
        await gateways.touchSeen([id], now);
        const seen = await gateways.update(id, { name: 'Lain' });
        const other = await gateways.update(id, { radiusSecret: 'rahasia-lain-lagi' });

        expect(seen).toMatchObject({ authenticatorSeenAt: now, seenAt: now });
        expect(other.authenticatorSeenAt).toBeNull();
      });

      test('the source of packets is an address or a block, and of one gateway alone', async () => {
        const { gateways } = inventory.portal;
        const { id } = place.gateway;

        for (const radiusAddress of ['10.5.50', 'tuan.rumah', '10.0.0.0/33', '10.0.0.0/8/8', '::1/129'])
          await expect(gateways.update(id, { radiusAddress })).rejects.toMatchObject({ code: 'bad-input' });
        await expect(layPlace(inventory, { code: 'B', radiusAddress: '10.5.50.1/32' })).rejects.toMatchObject({
          code: 'conflict',
        });
        expect(await gateways.update(id, { radiusAddress: '10.5.0.0/16' })).toMatchObject({
          radiusAddress: '10.5.0.0/16',
        });
      });

      test('a list is of a region, and what is switched off is not opened for citizens', async () => {
        const { gateways } = inventory.portal;
        const other = await layPlace(inventory, { code: 'B', region: '16.71.01.1001' });
        const before = await gateways.state();
        await gateways.update(other.gateway.id, { enabled: false });

        expect((await gateways.list({ region: '16.71' })).items.map(({ id }) => id)).toEqual([other.gateway.id]);
        expect((await gateways.list()).total).toBe(2);
        expect((await gateways.openAll()).map(({ id }) => id)).toEqual([place.gateway.id]);
        expect(await gateways.openByRef(other.gateway.ref)).toBeNull();
        expect(await gateways.state()).not.toBe(before);
      });
    });

    describe('plans', () => {
      test('are made, changed and removed', async () => {
        const { plans } = inventory.portal;
        const made = await plans.create({ ...NO_LIMITS, name: 'Warga', dayOctets: 5e8, opensAt: 420, closesAt: 1320 });
        const changed = await plans.update(made.id, { daySeconds: 7_200, dayOctets: null });

        expect(changed).toEqual({ ...made, daySeconds: 7_200, dayOctets: null });
        expect(await plans.list()).toEqual([changed]);
        await expect(plans.create({ ...NO_LIMITS, name: 'Warga' })).rejects.toMatchObject({ code: 'conflict' });
        await expect(plans.update(made.id, { opensAt: null })).rejects.toMatchObject({ code: 'bad-input' });
        await plans.remove(made.id);
        await expect(plans.get(made.id)).rejects.toMatchObject({ code: 'not-found' });
      });
    });

    describe('one-time logins', () => {
      test('are used once, by their device at their gateway, with their password', async () => {
        const login = await issued();
        const other = await layPlace(inventory, { code: 'B' });

        const wrong = [
          await authenticate(parts, nas(), request(login.id, 'salah')),
          await authenticate(
            parts,
            nas(),
            request(login.id, login.password, { callingStationId: '02-00-00-00-00-65' }),
          ),
          await authenticate(parts, nas(), request(login.id, login.password, { callingStationId: null })),
          await authenticate(parts, { id: other.gateway.id, siteId: other.site.id }, request(login.id, login.password)),
        ];
        const right = await authenticate(parts, nas(), request(login.id, login.password));
        const replayed = await authenticate(
          parts,
          nas(),
          request(login.id, login.password, { acctSessionId: '80000002' }),
        );

        expect(wrong.map(({ kind }) => kind)).toEqual(['reject', 'reject', 'reject', 'reject']);
        expect(right).toEqual({ kind: 'accept', loginId: login.id, grant: login.grant, interimSeconds: 300 });
        expect(replayed).toMatchObject({ kind: 'reject', refusal: 'stale-page' });
      });

      test('the same request asked again, its answer lost, is answered the same', async () => {
        const login = await issued();

        const answers = [
          await authenticate(parts, nas(), request(login.id, login.password)),
          await authenticate(parts, nas(), request(login.id, login.password)),
        ];

        expect(answers[1]).toEqual(answers[0]);
        expect(answers[1]?.kind).toBe('accept');
      });

      test('of many that try at once, one is let in', async () => {
        const login = await issued();

        const answers = await Promise.all(
          Array.from({ length: 20 }, (_, i) =>
            authenticate(parts, nas(), request(login.id, login.password, { acctSessionId: `8000000${i}` })),
          ),
        );

        expect(answers.filter(({ kind }) => kind === 'accept')).toHaveLength(1);
      });

      test('wait two minutes and no longer', async () => {
        const [login, late] = [await issued(), await issued()];
        now += LOGIN_LIFE_MS - 1;
        const inTime = await authenticate(parts, nas(), request(login.id, login.password));
        now += 1;
        const tooLate = await authenticate(parts, nas(), request(late.id, late.password));

        expect([inTime.kind, tooLate.kind]).toEqual(['accept', 'reject']);
      });

      test('a refusal is counted and has its reason', async () => {
        const { id: planId } = await inventory.portal.plans.create({
          ...NO_LIMITS,
          name: 'Siang',
          opensAt: 660,
          closesAt: 1320,
        });

        const refused = await issueLogin(parts, asked({ planId }));
        now += 2 * HOUR;
        const login = await issued({ planId });

        expect(refused).toEqual({ kind: 'refused', refusal: 'closed', opensAt: 660 });
        expect(login.grant.seconds).toBe(10 * 3_600);
        expect((await inventory.portal.days.list()).items).toMatchObject([
          { day: '2026-11-22', siteId: place.site.id, method: 'terms', logins: 1, refusals: 1, arrivals: 0 },
        ]);
      });

      test('of devices that come at the same moment no more get in than the plan says', async () => {
        const { id: planId } = await inventory.portal.plans.create({ ...NO_LIMITS, name: 'Dua', devices: 2 });

        const answers = await Promise.all(
          Array.from({ length: 8 }, (_, i) =>
            issueLogin(parts, asked({ planId, subjectHash: 'voucher', macHash: deviceHash(parts.keys, `m${i}`) })),
          ),
        );

        expect(answers.filter(({ kind }) => kind === 'login')).toHaveLength(2);
        expect(answers.find(({ kind }) => kind === 'refused')).toMatchObject({ refusal: 'too-many-devices' });
      });
    });

    describe('a device that comes back', () => {
      async function agreed(more: Partial<LoginAsked> = {}) {
        const login = await issued(more);
        await authenticate(parts, nas(), request(login.id, login.password));
        return login;
      }
      const back = (form: string, more: Partial<AuthRequest> = {}) =>
        authenticate(parts, nas(), request(form, '', { callingStationId: '02:00:00:00:00:64', ...more }));

      test('enters without a page on the same day, whatever the form of its address', async () => {
        const login = await agreed();
        now += 3 * HOUR;

        for (const form of ['02:00:00:00:00:64', '0200:0000:0064', '020000000064', '02-00-00-00-00-64'])
          expect(await back(form)).toMatchObject({ kind: 'accept', loginId: login.id });
        now = dayEnd(TEN, WIB);
        expect(await back('020000000064')).toMatchObject({ kind: 'reject', refusal: 'stale-page' });
      });

      test('sees the page where it never used its login, comes elsewhere, or calls itself another', async () => {
        await issued();
        const other = await layPlace(inventory, { code: 'B' });
        expect(await back('020000000064')).toMatchObject({ kind: 'reject' });
        await agreed();

        expect(await back('020000000064')).toMatchObject({ kind: 'accept' });
        expect(await back('020000000064', { callingStationId: '020000000065' })).toMatchObject({ kind: 'reject' });
        expect(
          await authenticate(parts, { id: other.gateway.id, siteId: other.site.id }, request(MAC, '')),
        ).toMatchObject({ kind: 'reject' });
      });

      test('gets what is left of its day, and the end of its voucher holds', async () => {
        const { id: planId } = await inventory.portal.plans.create({ ...NO_LIMITS, name: 'Jam', daySeconds: 3_600 });
        const login = await agreed({ planId, notAfter: now + 2 * HOUR });
        await account(parts, record(login.id, { status: 'start' }));
        now += 50 * MINUTE;
        await account(parts, record(login.id, { status: 'stop', seconds: 3_000, cause: 'User-Request' }));
        const rest = await back(MAC);
        now = TEN + 2 * HOUR;
        const over = await back(MAC);

        expect(rest).toMatchObject({ kind: 'accept', grant: { seconds: 600 } });
        expect(over).toMatchObject({ kind: 'reject', refusal: 'stale-page' });
      });

      test('reads why in one short sentence when nothing is left', async () => {
        const { id: planId } = await inventory.portal.plans.create({ ...NO_LIMITS, name: 'Jam', daySeconds: 3_600 });
        const login = await agreed({ planId });
        await account(parts, record(login.id, { status: 'stop', at: now + HOUR, seconds: 3_600 }));
        now += HOUR;
        await account(parts, record(login.id, { status: 'stop', seconds: 3_600 }));

        const refused = await back(MAC);

        expect(refused).toEqual({
          kind: 'reject',
          refusal: 'day-time-used',
          message: 'Waktu hari ini sudah habis. Silakan kembali besok.',
        });
      });

      test('sees the page again when there are new terms, or it withdrew what it agreed to', async () => {
        const terms = (version: number, from: number) =>
          inventory.sql.run(
            `INSERT INTO portal_terms (version, text_id, text_en, sha256_id, sha256_en, valid_from, created_at)
             VALUES ($1, 'a', 'b', 'c', 'd', $2, $2)`,
            [version, new Date(from)],
          );
        const consentId = '11111111-2222-4333-8444-555555555555';
        await terms(1, now - DAY);
        await inventory.sql.run(
          `INSERT INTO portal_consents (id, terms_version, language, sha256, at, site_id, mac_hash, service)
           VALUES ($1, 1, 'id', 'c', $2, $3, 'm', true)`,
          [consentId, new Date(now), place.site.id],
        );
        await agreed({ consentId });

        const before = await back(MAC);
        await terms(2, now + HOUR);
        const announced = await back(MAC);
        now += HOUR;
        const inForce = await back(MAC);

        expect([before.kind, announced.kind, inForce.kind]).toEqual(['accept', 'accept', 'reject']);
        now = TEN;
        await inventory.sql.run('UPDATE portal_consents SET withdrawn_at = now()');
        expect((await back(MAC)).kind).toBe('reject');
      });
    });

    describe('accounting', () => {
      test('a stay is one session, its use counts to its person and day, and who it was is forgotten at its end', async () => {
        const login = await issued();
        await account(parts, record(login.id, { status: 'start' }));
        const contact = 'SELECT contact FROM portal_sessions';
        const [alive] = await inventory.sql.query<{ contact: object }>(contact);
        now += 5 * MINUTE;
        const news = { seconds: 300, upOctets: 5n * MIB, downOctets: 4_294_967_296n + 1_000n };
        await account(parts, record(login.id, news));
        await account(parts, record(login.id, news));
        now += MINUTE;
        await account(parts, record(login.id, { ...news, status: 'stop', seconds: 360, cause: 'User-Request' }));

        const octets = Number(5n * MIB + 4_294_967_296n + 1_000n);
        expect(alive?.contact).toEqual({ userName: login.id, framedIp: '10.5.50.7', callingStationId: MAC });
        expect(await inventory.sql.query(contact)).toEqual([{ contact: null }]);
        expect(await listed()).toMatchObject([
          {
            ...{
              startedAt: TEN,
              updatedAt: now,
              endedAt: now,
              seconds: 360,
              endCause: 'User-Request',
              method: 'terms',
            },
            ...{ upOctets: Number(5n * MIB), downOctets: 4_294_968_296, siteName: 'Situs A', gatewayName: 'Gerbang A' },
          },
        ]);
        expect(await usage()).toEqual([{ day: '2026-11-22', seconds: 360, octets }]);
        expect((await inventory.portal.days.list()).items).toMatchObject([
          { logins: 1, sessions: 1, seconds: 360, upOctets: Number(5n * MIB), downOctets: 4_294_968_296 },
        ]);
      });

      test('no address or name lies in the store, but in the contact of who is online', async () => {
        const login = await issued();
        const id = `${MAC.replaceAll(':', '').toUpperCase()}-0001`;
        await account(parts, record(login.id, { status: 'start' }));
        await account(parts, record('T-02:00:00:00:00:64', { status: 'stop', acctSessionId: id, seconds: 5 }));
        await account(parts, record(MAC, { status: 'stop', acctSessionId: '81', seconds: 5, classText: login.id }));

        const rows = await inventory.sql.query("SELECT to_jsonb(s) - 'contact' AS row FROM portal_sessions s");

        const text = JSON.stringify(rows).toLowerCase();
        expect(rows).toHaveLength(3);
        expect(text).not.toMatch(/02.?00.?00.?00.?00.?64/);
        expect(text).not.toContain('10.5.50.7');
      });

      test('a device that came back by its address counts to the login that it goes back to', async () => {
        const login = await issued({ subjectHash: 'orang' });
        await account(parts, record(MAC, { status: 'start', classText: login.id }));

        expect(await listed()).toMatchObject([{ method: 'terms' }]);
        expect(await inventory.portal.sessions.ofLogin(login.id)).toHaveLength(1);
      });

      test('a new start of the device closes what was lost, and late news of that changes nothing', async () => {
        const login = await issued();
        await account(parts, record(login.id, { status: 'start' }));
        now += 10 * MINUTE;
        await account(parts, record(login.id, { status: 'start', acctSessionId: '80000002' }));
        await account(parts, record(login.id, { at: now - 5 * MINUTE, seconds: 300 }));

        const sessions = await listed();

        expect(sessions.map(({ endCause, seconds }) => [endCause, seconds])).toEqual([
          [null, 0],
          ['lost', 300],
        ]);
      });

      test('a gateway that begins anew has nobody online, and another keeps its people', async () => {
        const login = await issued();
        const other = await layPlace(inventory, { code: 'B' });
        const there = { gatewayId: other.gateway.id, siteId: other.site.id };
        await account(parts, record(login.id, { status: 'start' }));
        await account(parts, record('lain', { status: 'start', ...there, mac: '02:00:00:00:00:65' }));
        now += MINUTE;
        await account(parts, record('', { status: 'on', mac: null, acctSessionId: '' }));
        now += MINUTE;
        await account(parts, record(login.id, { status: 'start', acctSessionId: '90000001' }));

        expect((await listed()).map(({ gatewayId, endCause }) => [gatewayId, endCause])).toEqual([
          [place.gateway.id, null],
          [other.gateway.id, null],
          [place.gateway.id, 'restart'],
        ]);
        expect(await inventory.portal.sessions.live()).toHaveLength(2);
      });

      test('an id that a gateway uses again after its restart is another session', async () => {
        const login = await issued({ reentryUntil: dayEnd(now, WIB) });
        const again = (more: Partial<AccountingRecord>) => record(MAC, { classText: login.id, ...more });
        await account(parts, again({ status: 'start' }));
        now += 10 * MINUTE;
        await account(parts, again({ seconds: 600, upOctets: 1_000n }));
        now += 5 * MINUTE;
        await account(parts, again({ status: 'start' }));
        now += 5 * MINUTE;
        await account(parts, again({ seconds: 300, upOctets: 700n }));

        expect((await listed()).map(({ seconds, upOctets, endCause }) => [seconds, upOctets, endCause])).toEqual([
          [300, 700, null],
          [600, 1_000, 'replaced'],
        ]);
        expect(await usage()).toEqual([{ day: '2026-11-22', seconds: 900, octets: 1_700 }]);
      });

      test('a gateway that tells octets and no time has one session all the same', async () => {
        const login = await issued();
        await account(parts, record(login.id, { status: 'start' }));
        for (const upOctets of [1_000n, 3_000n]) {
          now += 5 * MINUTE;
          await account(parts, record(login.id, { upOctets }));
        }

        expect(await listed()).toMatchObject([{ upOctets: 3_000, endedAt: null }]);
        expect(await usage()).toEqual([{ day: '2026-11-22', seconds: 0, octets: 3_000 }]);
      });

      test('a stay over midnight counts to both days', async () => {
        now = dayEnd(TEN, WIB) - 20 * MINUTE;
        const login = await issued();
        await account(parts, record(login.id, { status: 'start' }));
        now += HOUR;
        await account(parts, record(login.id, { status: 'stop', seconds: 3_600, downOctets: 3_000n }));

        expect(await usage()).toEqual([
          { day: '2026-11-22', seconds: 1_200, octets: 1_000 },
          { day: '2026-11-23', seconds: 2_400, octets: 2_000 },
        ]);
      });

      test('who tells nothing any more is closed, and is back with the next news', async () => {
        const login = await issued();
        await account(parts, record(login.id, { status: 'start' }));
        const { sessions } = inventory.portal;

        const early = await sessions.endStale(now + 15 * MINUTE, 900);
        const closed = await sessions.endStale(now + 15 * MINUTE + 1, 900);
        const [stale] = await listed();
        now += HOUR;
        await account(parts, record(login.id, { seconds: 3_600 }));

        expect([early, closed, stale?.endCause, stale?.endedAt]).toEqual([0, 1, 'stale', TEN]);
        expect(await listed()).toMatchObject([{ endedAt: null, endCause: null, seconds: 3_600 }]);
        await inventory.portal.gateways.update(place.gateway.id, { staleSeconds: 60 });
        expect(await sessions.endStale(now + 2 * MINUTE, 900)).toBe(1);
      });

      test('devices of one person that use up its day together are asked to end, and nobody else', async () => {
        const plan = await inventory.portal.plans.create({ ...NO_LIMITS, name: 'Sehari', dayOctets: 500_000_000 }, now);
        const others = { mac: '02:00:00:00:00:65', macHash: deviceHash(parts.keys, '02:00:00:00:00:65') };
        const first = await issued({ planId: plan.id });
        const second = await issued({ planId: plan.id, macHash: others.macHash });
        const third = await issued({ planId: plan.id, macHash: others.macHash, subjectHash: 'another' });
        const down = { downOctets: 300_000_000n, seconds: 60 };
        await account(parts, record(first.id, { ...down, acctSessionId: 'a' }));
        await account(parts, record(third.id, { ...down, acctSessionId: 'c', mac: others.mac }));
        const before = await endOverused(parts);
        await account(parts, record(second.id, { ...down, acctSessionId: 'b', mac: others.mac }));

        const asked = await endOverused(parts);
        const again = await endOverused(parts);

        expect([before, asked, again]).toEqual([0, 2, 0]);
        const ends = await inventory.portal.sessions.endAsked();
        expect(ends.map(({ loginId }) => loginId).sort()).toEqual([first.id, second.id].sort());
      });

      test('devices of a day are counted once each', async () => {
        for (const [id, mac] of [
          ['1', MAC],
          ['2', MAC],
          ['3', '02:00:00:00:00:65'],
        ] as const)
          await account(parts, record('x', { status: 'stop', acctSessionId: id, mac }));
        const day = dayOf(now, WIB);
        for (let run = 0; run < 2; run++) await inventory.portal.days.countDevices(day, now - DAY, now + DAY);

        expect((await inventory.portal.days.list()).items).toMatchObject([{ day, sessions: 3, devices: 2 }]);
        expect(await inventory.portal.days.byRegency({ region: '16' })).toMatchObject([
          { day, regencyCode: '16.03', devices: 2 },
        ]);
      });
    });

    test('grants wait for their gateway, oldest first', async () => {
      const { awaited } = inventory.portal;
      const { id } = place.gateway;
      const grant = { seconds: 60, idleSeconds: null, downKbit: null, upKbit: null, totalOctets: null };
      for (const key of ['a', 'b', 'c']) await awaited.put(id, key, grant, `login-${key}`);
      await awaited.put(id, 'a', { ...grant, seconds: 90 }, 'login-a2');

      const all = await awaited.list(id, 8);
      await awaited.taken(id, ['b', 'x']);

      expect(all).toHaveLength(3);
      expect(all.find(({ key }) => key === 'a')).toEqual({
        key: 'a',
        loginId: 'login-a2',
        grant: { ...grant, seconds: 90 },
      });
      expect(await awaited.list(id, 1)).toHaveLength(1);
      await awaited.clear(id, Date.now() - DAY);
      expect(await awaited.list(id, 8)).toHaveLength(2);
      await awaited.clear(id, Date.now() + DAY);
      expect(await awaited.list(id, 8)).toEqual([]);
    });
  });
}
