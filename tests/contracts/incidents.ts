import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { BusEvent } from '../../core/bus/bus.ts';
import { memoryBus } from '../../core/bus/memory.ts';
import { HOUR, MINUTE, SECOND } from '../../core/domain/clock.ts';
import { RECOVERY_HOLD_MS, SETTLE_MS } from '../../core/domain/incident.ts';
import type { Sample } from '../../core/domain/sample.ts';
import { silentLog } from '../../core/log/log.ts';
import { acknowledgeIncident } from '../../core/services/incidents/acknowledge.ts';
import { assignIncident } from '../../core/services/incidents/assign.ts';
import { commentIncident } from '../../core/services/incidents/comment.ts';
import { type Correlator, startCorrelator } from '../../core/services/incidents/correlator.ts';
import type { IncidentMessage } from '../../core/services/incidents/incident-messages.ts';
import { mergeIncidents } from '../../core/services/incidents/merge.ts';
import { resolveIncident } from '../../core/services/incidents/resolve.ts';
import { cancelMaintenance, setMaintenance } from '../../core/services/incidents/set-maintenance.ts';
import { splitIncident } from '../../core/services/incidents/split.ts';
import { unacknowledgeIncident } from '../../core/services/incidents/unacknowledge.ts';
import type { Inventory } from '../../core/stores/inventory/inventory.ts';
import type { SeriesQuery } from '../../core/stores/series/series-store.ts';
import type { InventoryUnderTest } from './inventory.ts';

const T0 = Date.UTC(2026, 10, 21, 5);

/** Incidents on any store: correlation, people's work on them, and what is told of it. */
export function incidentContract(name: string, open: () => Promise<InventoryUnderTest>): void {
  describe(`incidents on ${name}`, () => {
    let under: InventoryUnderTest;
    let inventory: Inventory;
    let now: number;
    let told: IncidentMessage[];
    let events: BusEvent[];
    let correlator: Correlator;
    let samples: Sample[];
    let accountId: string;
    const bus = memoryBus((error) => {
      throw error;
    });
    bus.subscribe((event) => void events.push(event));
    const clock = () => now;
    const series = {
      latest: async ({ deviceIds, metrics }: { deviceIds: readonly string[]; metrics?: readonly string[] }) =>
        samples.filter(({ deviceId, metric }) => deviceIds.includes(deviceId) && metrics?.includes(metric) !== false),
      query: async ({ deviceIds, metrics, from, to }: SeriesQuery) =>
        samples
          .filter(({ deviceId, metric }) => deviceIds.includes(deviceId) && metrics.includes(metric))
          .filter(({ at }) => at >= from && at < to)
          .map(({ at, value, ...one }) => ({ ...one, points: [{ at, value }] })),
    };
    const parts = () => ({ inventory, series, bus, clock, log: silentLog });

    /** As a process that starts: all it knows is what the store holds. */
    const startAnew = async () => {
      await correlator?.stop();
      correlator = await startCorrelator({
        ...parts(),
        timers: { after: () => () => {} },
        tell: async (_, messages) => void told.push(...messages.filter(({ what }) => what !== 'judged')),
      });
    };
    const runAt = async (at: number) => {
      now = at;
      await correlator.run();
    };

    beforeAll(async () => {
      under = await open();
      inventory = under.inventory;
    });
    afterAll(async () => {
      await correlator?.stop();
      await under.close();
    });
    beforeEach(async () => {
      [now, told, events, samples] = [T0 - HOUR, [], [], []];
      const tables = ['incident', 'maintenance_window', 'device', 'site', 'region', 'account', 'setting'];
      await inventory.sql.run(tables.map((table) => `DELETE FROM ${table}`).join(';'));
      await inventory.sql.run(
        `INSERT INTO region (code, level, parent_code, name, population, edition) VALUES
           ('16', 'province', NULL, 'Sumatera Selatan', NULL, 'test'),
           ('16.03', 'regency', '16', 'Kabupaten Muara Enim', NULL, 'test'),
           ('16.03.11', 'district', '16.03', 'Gelumbang', NULL, 'test'),
           ('16.71', 'regency', '16', 'Kota Palembang', NULL, 'test')`,
      );
      const account = { displayName: 'Sri', role: 'engineer', regionCode: '', passwordHash: 'none' } as const;
      accountId = (await inventory.accounts.create({ ...account, name: 'sri' })).id;
      await startAnew();
    });

    async function village(number: number, parentIds: readonly string[], regency = '16.03.11'): Promise<string> {
      const code = `${regency === '16.03.11' ? regency : '16.71.01'}.${2_000 + number}`;
      await inventory.sql.run(
        `INSERT INTO region (code, level, parent_code, name, population, edition)
         VALUES ($1, 'village', $2, $3, 500, 'test') ON CONFLICT DO NOTHING`,
        [code, regency, `Desa ${number}`],
      );
      return await addDevice(code, 'village-office', parentIds);
    }
    async function addDevice(
      regionCode: string,
      kind: 'village-office' | 'village-public' | 'pop' | 'agency',
      parentIds: readonly string[] = [],
      deviceKind = 'router',
    ): Promise<string> {
      const code = randomUUID().slice(0, 8);
      const site = await inventory.sites.create({ code, name: `Situs ${code}`, kind, regionCode });
      const device = { code, name: `Perangkat ${code}`, kind: deviceKind, siteId: site.id, host: '127.0.0.1' };
      return (await inventory.devices.create({ ...device, parentIds: [...parentIds] })).id;
    }
    const fall = async (deviceId: string, at: number, reason = 'timeout') => {
      const result = await inventory.statuses.recordTransition({
        deviceId,
        state: 'down',
        previous: 'up',
        at,
        reason,
        lastSeenAt: at,
        memory: {},
        outage: { open: { startedAt: at, detectedAt: at + 10 * SECOND } },
      });
      return result.outage?.id ?? '';
    };
    const rise = (deviceId: string, at: number) =>
      inventory.statuses.recordTransition({
        deviceId,
        state: 'up',
        previous: 'down',
        at,
        reason: null,
        lastSeenAt: at,
        memory: {},
        outage: { endedAt: at },
      });
    const trunkWith = async (count: number) => {
      const trunk = await addDevice('16.03.11', 'pop');
      const children: string[] = [];
      for (let n = 0; n < count; n++) children.push(await village(n, [trunk]));
      bus.publish({ type: 'inventory-changed', regionCode: '16', at: now });
      return { trunk, children };
    };
    const list = async (open?: boolean) =>
      (await inventory.incidents.list({ pageSize: 100, ...(open === undefined ? {} : { open }) })).items;
    const only = async () => {
      const [first, ...more] = await list();
      expect(more).toEqual([]);
      if (first === undefined) throw new Error('there is no incident');
      return first;
    };
    const kindsOf = async (id: string) => (await inventory.incidents.timeline(id)).map(({ kind }) => kind);

    describe('a trunk and its children', () => {
      test('are one incident, one message down and one up, with a restart at every step', async () => {
        const { trunk, children } = await trunkWith(12);
        await fall(trunk, T0);
        for (const [index, id] of children.slice(0, 6).entries()) await fall(id, T0 - index * SECOND);
        await runAt(T0 + 12 * SECOND);
        await startAnew();
        for (const id of children.slice(6)) await fall(id, T0 + 2 * SECOND);
        await runAt(T0 + 15 * SECOND);
        await startAnew();
        const whileDown = await only();

        await rise(trunk, T0 + HOUR);
        await runAt(T0 + HOUR + 2 * MINUTE);
        await startAnew();
        for (const id of children) await rise(id, T0 + HOUR + 3 * MINUTE);
        await runAt(T0 + HOUR + 3 * MINUTE + RECOVERY_HOLD_MS - 1);
        expect((await only()).closedAt).toBeNull();
        await runAt(T0 + HOUR + 3 * MINUTE + RECOVERY_HOLD_MS);
        await startAnew();

        const incident = await only();
        expect(whileDown).toMatchObject({
          rootKind: 'device',
          root: { deviceId: trunk },
          startedAt: T0 - 5 * SECOND,
          openOutages: 13,
          regionCode: '16.03.11',
          effect: { devices: 13, sites: 13, villages: 12, agencies: 0, population: 6_000 },
        });
        expect(incident).toMatchObject({ endedAt: T0 + HOUR + 3 * MINUTE, openOutages: 0 });
        expect(told.map(({ what }) => what)).toEqual(['opened', 'recovered']);
        expect(events.filter(({ type }) => type === 'incident-opened')).toHaveLength(1);
        expect(events.filter(({ type }) => type === 'incident-closed')).toHaveLength(1);
      });

      test('seen one by one, the trunk last, end as one incident that is told up once', async () => {
        const { trunk, children } = await trunkWith(9);
        for (const [index, id] of children.entries()) {
          await fall(id, T0 + index * 20 * SECOND);
          await runAt(T0 + index * 20 * SECOND + 10 * SECOND);
        }
        await fall(trunk, T0 + SECOND);
        await runAt(T0 + 4 * MINUTE);

        for (const id of [trunk, ...children]) await rise(id, T0 + HOUR);
        await runAt(T0 + HOUR + MINUTE);

        const incident = await only();
        expect(incident).toMatchObject({ root: { deviceId: trunk }, rootKind: 'device' });
        expect(await kindsOf(incident.id)).toEqual(
          expect.arrayContaining(['opened', 'merged', 'root-found', 'closed']),
        );
        expect(told.filter(({ what }) => what === 'recovered')).toHaveLength(1);
      });

      test('count as cut off what nobody looks at behind it', async () => {
        const { trunk } = await trunkWith(5);
        await fall(trunk, T0);

        await runAt(T0 + 12 * SECOND);

        expect((await only()).effect).toMatchObject({ devices: 6, villages: 5 });
      });

      test('a child that does not come back is an incident of its own, and the trunk is told up', async () => {
        const { trunk, children } = await trunkWith(3);
        // The one that stays down was also the first to be missed.
        for (const id of [trunk, ...children.slice(1)]) await fall(id, T0 + SECOND);
        await fall(children[0] ?? '', T0);
        await runAt(T0 + 12 * SECOND);
        for (const id of [trunk, ...children.slice(1)]) await rise(id, T0 + HOUR);
        await runAt(T0 + HOUR + SETTLE_MS);
        expect(await list(true)).toHaveLength(1);

        await runAt(T0 + HOUR + SETTLE_MS + SECOND);

        const [left] = await list(true);
        expect(left).toMatchObject({ root: { deviceId: children[0] }, startedAt: T0, openOutages: 1 });
        expect(await list(false)).toMatchObject([{ root: { deviceId: trunk }, endedAt: T0 + HOUR }]);
        expect(told.map(({ what }) => what)).toEqual(['opened', 'opened', 'recovered']);
      });
    });

    test('outages of before the first start that are over get no incident, and open ones do', async () => {
      await inventory.settings.set('incidents.since', T0);
      await startAnew();
      const [past, standing] = [await village(1, []), await village(2, [])];
      await fall(past, T0 - 2 * HOUR);
      await rise(past, T0 - HOUR);
      await fall(standing, T0 - HOUR);

      await runAt(T0);

      expect((await only()).root?.deviceId).toBe(standing);
    });

    test('an outage that came and went while nobody looked is kept, and told to nobody', async () => {
      const device = await village(1, []);
      await fall(device, T0);
      await rise(device, T0 + MINUTE);

      await runAt(T0 + HOUR);

      expect(await only()).toMatchObject({ startedAt: T0, endedAt: T0 + MINUTE, closedAt: T0 + HOUR });
      expect(told).toEqual([]);
    });

    test('a run that fails in the middle leaves nothing behind, and the next one makes it good', async () => {
      const device = await village(1, []);
      await fall(device, T0);
      let isBroken = true;
      await correlator.stop();
      correlator = await startCorrelator({
        ...parts(),
        timers: { after: () => () => {} },
        log: silentLog,
        async tell(_, messages) {
          if (isBroken) throw new Error('killed in the middle');
          told.push(...messages.filter(({ what }) => what !== 'judged'));
        },
      });
      expect(await list()).toEqual([]);

      isBroken = false;
      await runAt(T0 + MINUTE);

      expect(await list()).toHaveLength(1);
      expect(told.map(({ what }) => what)).toEqual(['opened']);
    });

    test('what flaps is one incident, told up when it is calm', async () => {
      const device = await village(1, []);
      let at = T0;
      for (let turn = 0; turn < 12; turn++) {
        await fall(device, at);
        await runAt(at + 20 * SECOND);
        await rise(device, at + MINUTE);
        await runAt(at + MINUTE + 20 * SECOND);
        at += MINUTE + 25 * SECOND;
      }
      await runAt(at + MINUTE);
      const flapping = await only();
      await runAt(at + 30 * MINUTE);

      const calm = await only();
      expect([flapping.isFlapping, flapping.closedAt]).toEqual([true, null]);
      expect(calm.isFlapping).toBe(false);
      expect(calm.closedAt).not.toBeNull();
      expect(told.map(({ what }) => what)).toEqual(['opened', 'recovered']);
      expect(await kindsOf(calm.id)).toEqual(expect.arrayContaining(['flapping-started', 'flapping-ended']));
    });

    test('a device that is removed takes its outage along, and the incident ends', async () => {
      const device = await village(1, []);
      await fall(device, T0);
      await runAt(T0 + MINUTE);
      await inventory.devices.remove(device);

      await runAt(T0 + 2 * MINUTE);

      expect(await only()).toMatchObject({ closedAt: T0 + 2 * MINUTE, root: null });
    });

    describe('the cause', () => {
      test('is found from the mains of the village while it lasts, and from the uptime afterwards', async () => {
        const device = await village(1, []);
        const { regionCode, siteId } = (await inventory.devices.get(device)) ?? { regionCode: '', siteId: '' };
        const box = { code: 'box', name: 'Kotak', kind: 'power-box', siteId, host: '127.0.0.1' };
        const power = await inventory.devices.create(box);
        await fall(device, T0);
        const sample = (deviceId: string, metric: string, instance: string, value: number, at: number): Sample => ({
          deviceId,
          metric,
          instance,
          value,
          at,
          kind: 'gauge',
        });
        samples = [sample(power.id, 'sensor.state', 'mains', 0, T0 + SECOND)];
        await runAt(T0 + MINUTE);
        const whileDown = await only();
        await rise(device, T0 + HOUR);
        samples.push(sample(device, 'system.uptime_s', '', 50, T0 + HOUR + MINUTE));
        await runAt(T0 + HOUR + 2 * MINUTE);

        await runAt(T0 + HOUR + 4 * MINUTE);

        const after = await only();
        expect(regionCode).toBe('16.03.11.2001');
        expect(whileDown).toMatchObject({ cause: 'power' });
        expect(after.cause).toBe('power');
        expect(after.confidence).toBeGreaterThan(whileDown.confidence);
        const evidence = await inventory.incidents.evidence(after.id);
        expect(evidence.map(({ kind }) => kind).sort()).toEqual(['mains-off', 'restarted']);
        expect(await kindsOf(after.id)).toContain('cause-found');
      });

      test('a person corrects is kept beside the guess, and counted', async () => {
        await fall(await village(1, []), T0, 'refused');
        await runAt(T0 + MINUTE);
        const { id } = await only();

        await resolveIncident(parts(), id, { cause: 'power', note: ' trafo PLN ', accountId });
        await runAt(T0 + 10 * MINUTE);

        expect(await only()).toMatchObject({
          cause: 'power',
          guessedCause: 'device',
          confidence: 1,
          resolved: { by: 'Sri', at: T0 + MINUTE },
        });
        expect(await inventory.incidents.corrections({ region: '' })).toEqual([
          { guessed: 'device', actual: 'power', count: 1 },
        ]);
        expect((await inventory.incidents.timeline(id)).at(-1)).toMatchObject({
          kind: 'resolved',
          by: 'Sri',
          data: { text: 'trafo PLN' },
        });
      });
    });

    describe('maintenance', () => {
      const window = (more = {}) => ({ title: 'Ganti baterai', startsAt: T0 - MINUTE, endsAt: T0 + HOUR, ...more });

      test('that was announced makes the cause planned, and nobody is told', async () => {
        const device = await village(1, []);
        await setMaintenance(parts(), window({ deviceIds: [device] }), accountId);
        await fall(device, T0);
        await runAt(T0 + MINUTE);
        await rise(device, T0 + 30 * MINUTE);

        await runAt(T0 + 40 * MINUTE);

        expect(await only()).toMatchObject({ cause: 'planned' });
        expect(told).toEqual([]);
      });

      test('set afterwards changes the cause, and calling it off changes it back', async () => {
        const device = await village(1, []);
        await fall(device, T0, 'refused');
        await runAt(T0 + MINUTE);
        await rise(device, T0 + 20 * MINUTE);
        await runAt(T0 + 30 * MINUTE);
        const before = await only();

        const { id } = await setMaintenance(parts(), window({ regionCodes: ['16.03'] }), accountId);
        const after = await only();
        await cancelMaintenance(parts(), id, accountId);

        expect([before.cause, after.cause, (await only()).cause]).toEqual(['device', 'planned', 'device']);
        expect(told.map(({ what }) => what)).toEqual(['opened', 'recovered']);
        expect((await inventory.maintenance.list({})).total).toBe(0);
      });

      test('of something else changes nothing', async () => {
        const [device, other] = [await village(1, []), await village(2, [])];
        await setMaintenance(parts(), window({ deviceIds: [other] }), accountId);
        await fall(device, T0);

        await runAt(T0 + MINUTE);

        expect((await only()).cause).toBe('unknown');
        expect(told).toHaveLength(1);
      });

      test.each([
        ['without targets', {}],
        ['that ends before it starts', { endsAt: T0 - HOUR, regionCodes: ['16'] }],
        ['of longer than a month', { endsAt: T0 + 40 * 24 * HOUR, regionCodes: ['16'] }],
        ['with a rule nobody can read', { recurrence: 'FREQ=SOMETIMES', regionCodes: ['16'] }],
        ['that names no time', { recurrence: 'FREQ=DAILY;UNTIL=20200101', regionCodes: ['16'] }],
        ['of a region that does not exist', { regionCodes: ['99'] }],
        ['of a device that does not exist', { deviceIds: [randomUUID()] }],
      ])('%s is refused', async (_, more) => {
        const made = setMaintenance(parts(), window(more), accountId);

        await expect(made).rejects.toMatchObject({ code: 'bad-input' });
      });
    });

    describe('people', () => {
      /** Two incidents of two villages, far from each other in time. */
      const two = async () => {
        const [a, b] = [await village(1, []), await village(2, [])];
        const [outageA, outageB] = [await fall(a, T0), await fall(b, T0 + 10 * MINUTE)];
        await runAt(T0 + 12 * MINUTE);
        const all = await list(true);
        const idOf = (device: string) => all.find(({ root }) => root?.deviceId === device)?.id ?? '';
        return { a, b, outageA, outageB, first: idOf(a), second: idOf(b) };
      };

      test('acknowledge once, assign, and comment, each with who and when', async () => {
        const { first } = await two();
        await acknowledgeIncident(parts(), first, accountId);
        now += MINUTE;
        await acknowledgeIncident(parts(), first, accountId);
        await assignIncident(parts(), first, { to: accountId, accountId });
        await assignIncident(parts(), first, { to: accountId, accountId });
        await commentIncident(parts(), first, { text: ' berangkat ', accountId });
        await assignIncident(parts(), first, { to: null, accountId });

        const incident = await inventory.incidents.get(first);
        const timeline = await inventory.incidents.timeline(first);
        expect(incident).toMatchObject({ acknowledged: { by: 'Sri', at: T0 + 12 * MINUTE }, assignee: null });
        expect(timeline.map(({ kind, by }) => `${kind} ${by ?? '-'}`)).toEqual([
          'opened -',
          'acknowledged Sri',
          'assigned Sri',
          'commented Sri',
          'assigned Sri',
        ]);
        expect(timeline[3]?.data).toEqual({ text: 'berangkat' });
      });

      test('take an acknowledgement back once: it waits for someone again, and both are told', async () => {
        const { first } = await two();
        await acknowledgeIncident(parts(), first, accountId);
        await unacknowledgeIncident(parts(), first, accountId);
        await unacknowledgeIncident(parts(), first, accountId);

        expect(await inventory.incidents.get(first)).toMatchObject({ acknowledged: null });
        expect(await kindsOf(first)).toEqual(['opened', 'acknowledged', 'unacknowledged']);

        await acknowledgeIncident(parts(), first, accountId);
        expect(await inventory.incidents.get(first)).toMatchObject({ acknowledged: { by: 'Sri' } });
      });

      test('give it only to those who may work there', async () => {
        const { first } = await two();
        const form = { displayName: 'Budi', passwordHash: 'none' };
        const elsewhere = { ...form, name: 'budi', role: 'engineer', regionCode: '16.71' } as const;
        const planner = { ...form, name: 'tini', role: 'planner', regionCode: '' } as const;
        for (const account of [elsewhere, planner]) {
          const { id } = await inventory.accounts.create(account);

          const given = assignIncident(parts(), first, { to: id, accountId });

          await expect(given).rejects.toMatchObject({ code: 'bad-input' });
        }
      });

      test('merge what is one: it stays one, and is told up once', async () => {
        const { a, b, first, second } = await two();
        told = [];

        await mergeIncidents(parts(), first, { others: [second], accountId });
        await runAt(T0 + 20 * MINUTE);
        const merged = await only();
        await rise(a, T0 + HOUR);
        await runAt(T0 + HOUR + SETTLE_MS + MINUTE);
        expect((await only()).closedAt).toBeNull();
        await rise(b, T0 + 2 * HOUR);
        await runAt(T0 + 2 * HOUR + MINUTE);

        expect(merged).toMatchObject({ id: first, openOutages: 2, effect: { villages: 2 } });
        expect(await inventory.incidents.get(second)).toMatchObject({ mergedInto: first });
        expect(await kindsOf(second)).toContain('absorbed');
        expect((await only()).endedAt).toBe(T0 + 2 * HOUR);
        expect(told.map(({ what, incidentId }) => `${what} ${incidentId}`)).toEqual([`recovered ${first}`]);
      });

      test('split what is not: both stay apart, though the network says otherwise', async () => {
        const { trunk, children } = await trunkWith(2);
        await fall(trunk, T0);
        const outageId = await fall(children[0] ?? '', T0);
        await fall(children[1] ?? '', T0);
        await runAt(T0 + MINUTE);
        const { id } = await only();
        await acknowledgeIncident(parts(), id, accountId);

        const made = await splitIncident(parts(), id, { outageIds: [outageId], accountId });
        await runAt(T0 + 2 * MINUTE);
        await startAnew();

        const all = await list(true);
        expect(all.map((incident) => [incident.id, incident.openOutages]).sort()).toEqual(
          [
            [id, 2],
            [made, 1],
          ].sort(),
        );
        expect(await kindsOf(id)).toContain('split');
        expect(await inventory.incidents.get(made)).toMatchObject({ acknowledged: { by: 'Sri' } });
      });

      test('cannot split off all of it, or what is another’s', async () => {
        const { first, outageA, outageB } = await two();

        for (const outageId of [outageA, outageB]) {
          const made = splitIncident(parts(), first, { outageIds: [outageId], accountId });

          await expect(made).rejects.toMatchObject({ code: 'bad-input' });
        }
        expect(await list(true)).toHaveLength(2);
      });

      test('find nothing to work on in one that was taken over, or that never was', async () => {
        const { first, second } = await two();
        await mergeIncidents(parts(), first, { others: [second], accountId });

        const codes: unknown[] = [];
        for (const attempt of [
          () => acknowledgeIncident(parts(), second, accountId),
          () => mergeIncidents(parts(), first, { others: [randomUUID()], accountId }),
          () => mergeIncidents(parts(), first, { others: [first], accountId }),
        ])
          codes.push(await attempt().catch((error: { code?: unknown }) => error.code));

        expect(codes).toEqual(['conflict', 'not-found', 'bad-input']);
      });

      test('cannot rewrite the timeline', async () => {
        await two();

        const rewritten = inventory.sql.run("UPDATE incident_event SET data = '{}'");

        await expect(rewritten).rejects.toThrow();
      });
    });

    test('a region sees what touches it, counted as far as it goes, and not the names beyond', async () => {
      const trunk = await addDevice('16.03.11', 'pop');
      await inventory.sql.run(
        "INSERT INTO region (code, level, parent_code, name, edition) VALUES ('16.71.01', 'district', '16.71', 'Ilir', 'test')",
      );
      const inside = await village(1, [trunk]);
      const outside = await village(2, [trunk], '16.71.01');
      bus.publish({ type: 'inventory-changed', regionCode: '16', at: now });
      for (const id of [trunk, inside, outside]) await fall(id, T0);
      await runAt(T0 + MINUTE);
      const { id } = await only();

      const seen = await inventory.incidents.get(id, '16.71');
      const elsewhere = await inventory.incidents.get(id, '16.74');
      const listed = await inventory.incidents.list({ region: '16.71' }, '16.71');

      expect(seen).toMatchObject({ regionCode: '16', root: null, openOutages: 1, effect: { devices: 1, villages: 1 } });
      expect(elsewhere).toBeNull();
      expect(listed.items).toEqual([seen]);
      expect((await inventory.incidents.list({ region: '16.74' })).total).toBe(0);
    });

    test('lists are filtered, found by name and number, and open ones come with the heaviest first', async () => {
      const { trunk, children } = await trunkWith(4);
      const lone = await addDevice('16.71', 'agency');
      bus.publish({ type: 'inventory-changed', regionCode: '16', at: now });
      for (const id of [trunk, ...children]) await fall(id, T0);
      await fall(lone, T0 + HOUR, 'refused');
      await runAt(T0 + HOUR + MINUTE);
      const [heavy, light] = await list(true);
      if (heavy === undefined || light === undefined) throw new Error('there are not two incidents');
      await acknowledgeIncident(parts(), light.id, accountId);
      await assignIncident(parts(), light.id, { to: accountId, accountId });
      const ids = async (filter: object) => (await inventory.incidents.list(filter)).items.map((item) => item.id);

      expect([heavy.root?.deviceId, light.root?.deviceId]).toEqual([trunk, lone]);
      expect(await ids({})).toEqual([light.id, heavy.id]);
      expect(await ids({ acknowledged: true })).toEqual([light.id]);
      expect(await ids({ assigneeId: accountId })).toEqual([light.id]);
      expect(await ids({ cause: 'device' })).toEqual([light.id]);
      expect(await ids({ deviceId: children[0] })).toEqual([heavy.id]);
      expect(await ids({ to: T0 + MINUTE })).toEqual([heavy.id]);
      expect(await ids({ q: `#${light.number}` })).toEqual([light.id]);
      expect(await ids({ q: light.root?.deviceName })).toEqual([light.id]);
      expect(await ids({ open: false })).toEqual([]);
      expect(await inventory.incidents.list({ page: 2, pageSize: 1 })).toMatchObject({
        total: 2,
        items: [{ id: heavy.id }],
      });
    });
  });
}
