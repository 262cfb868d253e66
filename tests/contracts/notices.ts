import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE, SECOND } from '../../core/domain/clock.ts';
import { RECOVERY_HOLD_MS } from '../../core/domain/incident.ts';
import { silentLog } from '../../core/log/log.ts';
import { acknowledgeIncident } from '../../core/services/incidents/acknowledge.ts';
import { mergeIncidents } from '../../core/services/incidents/merge.ts';
import { splitIncident } from '../../core/services/incidents/split.ts';
import { unacknowledgeIncident } from '../../core/services/incidents/unacknowledge.ts';
import { startMailServer } from '../support/mail-server.ts';
import { openToldProvince, type ToldProvince, VILLAGE } from '../support/told-province.ts';
import type { InventoryUnderTest } from './inventory.ts';

/** Noon of a Saturday in Palembang. */
const T0 = Date.UTC(2026, 10, 21, 5);
const NIGHT = { from: 22 * 60, to: 6 * 60, except: ['critical'], exceptDuty: false } as const;
/** 23:00 there. */
const LATE = T0 + 11 * HOUR;
const MORNING = T0 + 18 * HOUR;
const SEEN = 12 * SECOND;
const OVER = RECOVERY_HOLD_MS + SECOND;

/** Who is told of incidents on any store, counted at a real channel. */
export function noticesContract(name: string, open: () => Promise<InventoryUnderTest>): void {
  describe(`notices on ${name}`, () => {
    let under: InventoryUnderTest;
    let province: ToldProvince;
    let hook: string;
    beforeAll(async () => {
      under = await open();
      province = await openToldProvince(under.inventory, T0);
    });
    afterAll(async () => {
      await province?.close();
      await under.close();
    });
    beforeEach(async () => {
      await province.reset();
      hook = await province.addHook();
    });

    afterEach(() => {
      expect(province.warnings).toEqual([]);
    });

    const someone = async () => {
      const account = { name: 'sri', displayName: 'Sri', role: 'engineer', regionCode: '', passwordHash: 'x' } as const;
      return (await province.inventory.accounts.create(account)).id;
    };
    const acknowledge = async () => {
      const { inventory, bus, clock } = province;
      const [accountId, { id }] = [await someone(), await province.only()];
      await acknowledgeIncident({ inventory, bus, clock }, id, accountId);
      return () => unacknowledgeIncident({ inventory, bus, clock }, id, accountId);
    };
    const quietly = { quietHours: { ...NIGHT, except: [...NIGHT.except] } };

    test('a trunk with 200 children is one message down and one up for each, with a restart at every step', async () => {
      await province.addPerson('dewi', hook);
      await province.addPerson('budi', hook, { regionCode: '16.03' });
      await province.addPerson('far', hook, { regionCode: '16.71' });
      await province.addPolicy([{}, { afterMinutes: 90 }]);
      const trunk = await province.addDevice('16.03.11');
      const children = await province.addDevices(200, VILLAGE, trunk);

      await province.fall([trunk, ...children.slice(0, 90)], T0);
      await province.at(T0 + SEEN);
      await province.restart();
      await province.fall(children.slice(90), T0 + SECOND);
      await province.at(T0 + SEEN + 3 * SECOND);
      await province.restart();
      await province.at(T0 + HOUR);
      const whileDown = province.said();
      await province.rise([trunk, ...children], T0 + HOUR);
      await province.restart();
      await province.at(T0 + HOUR + OVER);
      await province.restart();
      await province.at(T0 + 3 * HOUR);

      expect(whileDown.sort()).toEqual(['budi: opened', 'dewi: opened']);
      expect(province.said().sort()).toEqual(['budi: opened', 'budi: recovered', 'dewi: opened', 'dewi: recovered']);
      expect(new Set(province.received().map(({ id }) => id)).size).toBe(4);
    });

    test('a death at the end of the transaction loses nothing and doubles nothing', async () => {
      await province.addPerson('dewi', hook);
      await province.addPolicy([{}]);
      const device = await province.addDevice();
      await province.fall([device], T0);
      province.breakWith(() => {
        throw new Error('killed in the middle');
      });
      await province.at(T0 + SEEN);
      const before = province.said();
      province.warnings.splice(0);

      province.breakWith(() => {});
      await province.restart();
      await province.at(T0 + MINUTE);

      expect(before).toEqual([]);
      expect(province.said()).toEqual(['dewi: opened']);
    });

    test('without a policy nothing leaves, and one that is made later pages nobody for the past', async () => {
      await province.addPerson('dewi', hook);
      const device = await province.addDevice();
      await province.fall([device], T0);
      await province.at(T0 + SEEN);
      await province.at(T0 + 2 * HOUR);
      const { id } = await province.addPolicy([{}, { afterMinutes: 15 }]);
      await province.inventory.noticePolicies.update(id, {}, T0 + 2 * HOUR);

      await province.at(T0 + 3 * HOUR);

      expect(province.said()).toEqual([]);
    });

    describe('escalation', () => {
      const steps = [
        { to: [{ kind: 'role', role: 'engineer' } as const] },
        { afterMinutes: 15, to: [{ kind: 'role', role: 'manager' } as const] },
        { afterMinutes: 60, to: [{ kind: 'role', role: 'provider' } as const], evenIfAcknowledged: true },
      ];
      beforeEach(async () => {
        await province.addPerson('dewi', hook);
        await province.addPerson('manager', hook, { role: 'manager' });
        await province.addPerson('isp', hook, { role: 'provider' });
        await province.addPolicy(steps);
        await province.fall([await province.addDevice()], T0);
        await province.at(T0 + SEEN);
      });

      test('goes step by step where nobody acknowledges, each once, also when two processes look', async () => {
        await province.at(T0 + 15 * MINUTE + SEEN - 1);
        const early = province.said();
        await province.at(T0 + 15 * MINUTE + SEEN);
        await province.at(T0 + 15 * MINUTE + SEEN + SECOND);
        const inTime = province.said();
        await province.restart();
        await province.at(T0 + 61 * MINUTE);
        await province.at(T0 + DAY);

        expect(early).toEqual(['dewi: opened']);
        expect(inTime).toEqual(['dewi: opened', 'manager: escalated']);
        expect(province.said()).toEqual(['dewi: opened', 'manager: escalated', 'isp: escalated']);
      });

      test('takes each step once, however many processes look at the same time', async () => {
        const rivals = [province.rival(), province.rival(), province.rival()];

        for (const moment of [T0 + 16 * MINUTE, T0 + 61 * MINUTE]) {
          await Promise.all([province.at(moment), ...rivals.map((rival) => rival.run())]);
          await province.at(moment + SECOND);
        }

        expect(province.said()).toEqual(['dewi: opened', 'manager: escalated', 'isp: escalated']);
        for (const rival of rivals) await rival.stop();
      });

      test('stops when somebody acknowledges, but for the steps that are meant all the same', async () => {
        await province.at(T0 + 5 * MINUTE);
        await acknowledge();

        await province.at(T0 + DAY);

        expect(province.said()).toEqual(['dewi: opened', 'isp: escalated']);
      });

      test('goes on where the acknowledgement is taken back, and keeps its distances from then on', async () => {
        await province.at(T0 + 5 * MINUTE);
        const takeBack = await acknowledge();
        await province.at(T0 + 40 * MINUTE);
        const meanwhile = province.said();

        await takeBack();
        await province.at(T0 + 41 * MINUTE);
        const again = province.said();
        await province.at(T0 + 85 * MINUTE);
        const between = province.said();
        await province.at(T0 + 86 * MINUTE);

        expect(meanwhile).toEqual(['dewi: opened']);
        expect(again).toEqual(['dewi: opened', 'manager: escalated']);
        expect(between).toEqual(again);
        expect(province.said()).toEqual([...again, 'isp: escalated']);
      });

      test('waits while somebody at the place is at it, and keeps its distances afterwards', async () => {
        await province.inventory.incidents.hold((await province.only()).id, T0 + 2 * HOUR);
        await province.at(T0 + 2 * HOUR - SECOND);
        const held = province.said();
        await province.at(T0 + 2 * HOUR);
        const released = province.said();
        await province.at(T0 + 2 * HOUR + 44 * MINUTE);
        const between = province.said();
        await province.at(T0 + 2 * HOUR + 45 * MINUTE);

        expect(held).toEqual(['dewi: opened']);
        expect(released).toEqual(['dewi: opened', 'manager: escalated']);
        expect(between).toEqual(released);
        expect(province.said()).toEqual([...released, 'isp: escalated']);
      });

      test('ends with the incident, and only those who heard of it hear that it is over', async () => {
        const { root } = await province.only();
        await province.at(T0 + 20 * MINUTE);
        await province.rise([root?.deviceId ?? ''], T0 + 30 * MINUTE);
        await province.at(T0 + 30 * MINUTE + OVER);
        await province.at(T0 + DAY);

        expect(province.said().sort()).toEqual([
          'dewi: opened',
          'dewi: recovered',
          'manager: escalated',
          'manager: recovered',
        ]);
      });

      test('ends where another incident takes it over, and whoever was told hears the end of that one', async () => {
        const first = await province.only();
        await province.fall([await province.addDevice('16.71.01.1001')], T0 + MINUTE);
        await province.inventory.recipients.update(
          (await province.inventory.recipients.list({ q: 'dewi' })).items[0]?.id ?? '',
          { regionCode: '16.03' },
        );
        await province.at(T0 + MINUTE + SEEN);
        const { items } = await province.inventory.incidents.list({});
        const second = items.find(({ id }) => id !== first.id);
        const { inventory, bus, clock } = province;
        const account = { name: 'a', displayName: 'A', role: 'admin', regionCode: '', passwordHash: 'x' } as const;
        const { id: accountId } = await inventory.accounts.create(account);
        await mergeIncidents({ inventory, bus, clock }, second?.id ?? '', { others: [first.id], accountId });
        await province.at(T0 + 20 * MINUTE);
        await province.rise([first.root?.deviceId ?? '', second?.root?.deviceId ?? ''], T0 + 30 * MINUTE);
        await province.at(T0 + 30 * MINUTE + OVER);

        expect(province.said().sort()).toEqual([
          'dewi: opened',
          'dewi: recovered',
          'manager: escalated',
          'manager: recovered',
        ]);
      });
    });

    describe('a split by hand', () => {
      const ROOT_OFFICERS = { to: [{ kind: 'officers', of: 'root' } as const] };
      let devices: string[];
      let from: string;
      /** A trunk with the village's hotspot behind it: everybody but the officer is told of it. */
      const laid = async (at = T0) => {
        await province.addPerson('dewi', hook);
        await province.addPerson('manager', hook, { role: 'manager' });
        await province.addPerson('officer', hook, { role: 'officer', regionCode: VILLAGE });
        const trunk = await province.addDevice('16.71.01.1001');
        devices = [trunk, ...(await province.addDevices(2, VILLAGE, trunk))];
        await province.fall(devices, at);
        await province.at(at + SEEN);
        from = (await province.only()).id;
      };
      const split = async () => {
        const { inventory, bus, clock } = province;
        const series = { latest: async () => [], query: async () => [] };
        const { items } = await inventory.outages.list({ incidentId: from });
        const outageIds = items.filter(({ deviceId }) => deviceId === devices[1]).map(({ id }) => id);
        const parts = { inventory, series, bus, clock, log: silentLog };
        return await splitIncident(parts, from, { outageIds, accountId: await someone() });
      };
      const saidOf = (id: string) =>
        province
          .received()
          .filter(({ incidentId }) => incidentId === id)
          .map(({ to, type }) => `${to}: ${type.replace('incident-', '')}`)
          .sort();

      test('is told to those alone who did not know of it, and its end to all of them', async () => {
        await province.addPolicy([{}, ROOT_OFFICERS, { afterMinutes: 15, to: [{ kind: 'role', role: 'manager' }] }]);
        await laid();
        await province.at(T0 + 20 * MINUTE);
        const made = await split();
        await province.at(T0 + 21 * MINUTE);
        await province.restart();
        const atOnce = saidOf(made);
        await province.at(T0 + 36 * MINUTE);
        const escalated = saidOf(made);
        await province.rise(devices, T0 + HOUR);
        await province.at(T0 + HOUR + OVER);
        await province.restart();
        await province.at(T0 + 2 * HOUR);

        expect(atOnce).toEqual(['officer: opened']);
        expect(escalated).toEqual(['manager: escalated', 'officer: opened']);
        const ends = ['dewi: recovered', 'manager: recovered'];
        expect(saidOf(from)).toEqual(['dewi: opened', ends[0], 'manager: escalated', ends[1]]);
        expect(saidOf(made)).toEqual([ends[0], 'manager: escalated', ends[1], 'officer: opened', 'officer: recovered']);
      });

      test('that is taken back is one again, and ends once for each', async () => {
        await province.addPolicy([{}, ROOT_OFFICERS]);
        await laid();
        const made = await split();
        await province.at(T0 + MINUTE);
        const { inventory, bus, clock } = province;
        const [account] = (await inventory.accounts.list({})).items;
        await mergeIncidents({ inventory, bus, clock }, from, { others: [made], accountId: account?.id ?? '' });
        await province.rise(devices, T0 + HOUR);
        await province.at(T0 + HOUR + OVER);
        await province.at(T0 + 2 * HOUR);

        expect(saidOf(from)).toEqual(['dewi: opened', 'dewi: recovered', 'officer: recovered']);
        expect(saidOf(made)).toEqual(['officer: opened']);
      });

      test('holds for each what quiet hours held: nobody knows of either', async () => {
        await province.addPolicy([{}], quietly);
        await laid(LATE);
        const made = await split();
        await province.at(LATE + MINUTE);
        await province.at(MORNING);

        expect(saidOf(from)).toEqual(['dewi: opened']);
        expect(saidOf(made)).toEqual(['dewi: opened']);
      });

      test('of what somebody looks after wakes nobody: they look after both', async () => {
        await province.addPolicy([{}, { afterMinutes: 15, to: [{ kind: 'role', role: 'manager' }] }]);
        await laid();
        const { inventory, bus, clock } = province;
        const { id: accountId } = await inventory.accounts.create({
          ...{ name: 'tono', displayName: 'Tono', role: 'engineer', regionCode: '', passwordHash: 'x' },
        } as Parameters<typeof inventory.accounts.create>[0]);
        await acknowledgeIncident({ inventory, bus, clock }, from, accountId);
        await split();
        await province.at(T0 + HOUR);

        expect(province.said()).toEqual(['dewi: opened']);
      });
    });

    describe('quiet hours', () => {
      test('hold a message until the morning, and drop it where all is well by then', async () => {
        await province.addPerson('dewi', hook);
        await province.addPolicy([{}], quietly);
        const [stays, returns] = [await province.addDevice(), await province.addDevice('16.71.01.1001')];
        await province.fall([stays, returns], LATE);
        await province.at(LATE + SEEN);
        await province.rise([returns], LATE + HOUR);
        await province.at(LATE + HOUR + OVER);
        await province.restart();
        await province.at(MORNING - SECOND);
        const atNight = province.said();

        await province.at(MORNING);
        await province.at(MORNING + HOUR);

        expect(atNight).toEqual([]);
        expect(province.said()).toEqual(['dewi: opened']);
      });

      test('let through what is severe enough, also when it grows at night', async () => {
        await province.addPerson('dewi', hook);
        await province.addPolicy([{}], quietly);
        const trunk = await province.addDevice('16.03.11');
        await province.fall([trunk], LATE);
        await province.at(LATE + SEEN);
        const small = province.said();
        const children = await province.addDevices(12, VILLAGE, trunk);
        await province.fall(children, LATE + HOUR);

        await province.at(LATE + HOUR + SEEN);

        expect(small).toEqual([]);
        expect(province.said()).toEqual(['dewi: opened']);
      });

      test('hold the end of what was told by day until the morning', async () => {
        await province.addPerson('dewi', hook, quietly);
        await province.addPolicy([{}]);
        const device = await province.addDevice();
        await province.fall([device], LATE - 2 * HOUR);
        await province.at(LATE - 2 * HOUR + SEEN);
        await province.rise([device], LATE);
        await province.at(LATE + OVER);
        const atNight = province.said();

        await province.at(MORNING);

        expect(atNight).toEqual(['dewi: opened']);
        expect(province.said()).toEqual(['dewi: opened', 'dewi: recovered']);
      });

      test('leave one message of several that waited', async () => {
        await province.addPerson('dewi', hook);
        await province.addPolicy([{}, { afterMinutes: 15 }, { afterMinutes: 30 }], quietly);
        await province.fall([await province.addDevice()], LATE);
        await province.at(LATE + SEEN);
        await province.at(LATE + HOUR);
        await province.at(LATE + 2 * HOUR);

        await province.at(MORNING);

        expect(province.said()).toEqual(['dewi: escalated']);
      });

      test('tell in the morning of the incident that took the held one over', async () => {
        await province.addPerson('near', hook, { regionCode: '16.03' });
        await province.addPolicy([{}], quietly);
        await province.fall([await province.addDevice()], LATE);
        await province.fall([await province.addDevice('16.71.01.1001')], LATE + 3 * MINUTE);
        await province.at(LATE + 3 * MINUTE + SEEN);
        const { items } = await province.inventory.incidents.list({});
        const [into, from] = [
          items.find(({ regionCode }) => regionCode.startsWith('16.71')),
          items.find(({ regionCode }) => regionCode.startsWith('16.03')),
        ];
        const { inventory, bus, clock } = province;
        const account = { name: 'a', displayName: 'A', role: 'admin', regionCode: '', passwordHash: 'x' } as const;
        const { id: accountId } = await inventory.accounts.create(account);
        await mergeIncidents({ inventory, bus, clock }, into?.id ?? '', { others: [from?.id ?? ''], accountId });
        await province.at(LATE + HOUR);

        await province.at(MORNING);

        expect(province.received()).toMatchObject([{ to: 'near', type: 'incident-opened', incidentId: into?.id }]);
      });
    });

    test('whoever is on duty is told, and it changes over midnight', async () => {
      const [evening, night] = [await province.addPerson('evening', hook), await province.addPerson('night', hook)];
      await province.addPolicy([{ to: [{ kind: 'duty', role: 'engineer' }] }]);
      const shift = { regionCode: '16', role: 'engineer' } as const;
      const days = [0, 1, 2, 3, 4, 5, 6] as const;
      const add = (recipientId: string, from: number, to: number) =>
        province.inventory.duty.addShift({
          ...shift,
          recipientId,
          times: { kind: 'weekly', days: [...days], from, to },
        });
      await add(evening.id, 18 * 60, 0);
      await add(night.id, 0, 6 * 60);
      const midnight = T0 + 12 * HOUR;
      const [first, second] = [await province.addDevice(), await province.addDevice('16.71.01.1001')];

      await province.fall([first], midnight - MINUTE);
      await province.at(midnight - SECOND);
      await province.fall([second], midnight - SECOND);
      await province.at(midnight + SEEN);
      await province.rise([first, second], midnight + HOUR);
      await province.at(midnight + HOUR + OVER);

      expect(province.said().sort()).toEqual([
        'evening: opened',
        'evening: recovered',
        'night: opened',
        'night: recovered',
      ]);
    });

    test('where nobody is on duty all of the role are told', async () => {
      await province.addPerson('dewi', hook);
      await province.addPerson('budi', hook);
      await province.addPolicy([{ to: [{ kind: 'duty', role: 'engineer' }] }]);
      await province.fall([await province.addDevice()], T0);

      await province.at(T0 + SEEN);

      expect(province.said().sort()).toEqual(['budi: opened', 'dewi: opened']);
    });

    test('an officer is told of the own village alone, with a link that needs no account', async () => {
      await province.addPerson('officer', hook, { role: 'officer', regionCode: VILLAGE });
      await province.addPerson('other', hook, { role: 'officer', regionCode: '16.71.01.1001' });
      await province.addPerson('dewi', hook);
      await province.addPolicy([
        {
          to: [
            { kind: 'officers', of: 'root' },
            { kind: 'role', role: 'engineer' },
          ],
        },
      ]);
      await province.fall([await province.addDevice()], T0);

      await province.at(T0 + SEEN);

      const { id } = await province.only();
      expect(
        province
          .received()
          .map(({ to, link }) => `${to} ${link}`)
          .sort(),
      ).toEqual([`dewi https://simpul.test/incidents/${id}`, `officer https://simpul.test/d/${VILLAGE}-${id}`]);
    });

    test('by mail and webhook alike, each channel tells each person once', async () => {
      const post = await startMailServer();
      const settings = { host: '127.0.0.1', port: post.port, tls: 'none', from: 'noc@dinas.test' };
      const mail = await province.inventory.channels.create({ name: 'Surel', kind: 'email', settings });
      const addresses = (who: string) => [
        { channelId: hook, to: who },
        { channelId: mail.id, to: `${who}@dinas.test` },
      ];
      await province.addPerson('dewi', hook, { addresses: addresses('dewi') });
      await province.addPerson('budi', hook, { addresses: addresses('budi'), language: 'en' });
      await province.addPolicy([{}]);
      const trunk = await province.addDevice('16.03.11');
      const children = await province.addDevices(20, VILLAGE, trunk);
      await province.fall([trunk, ...children], T0);
      await province.at(T0 + SEEN);
      await province.restart();
      await province.at(T0 + MINUTE);
      await province.rise([trunk, ...children], T0 + HOUR);
      await province.at(T0 + HOUR + OVER);
      await province.restart();

      await province.at(T0 + 2 * HOUR);

      const mails = post.mails.map(({ to, raw }) => `${to} ${/^Subject: (\S+)/m.exec(raw)?.[1]}`);
      await post.stop();
      expect(mails.sort()).toEqual([
        'budi@dinas.test Down:',
        'budi@dinas.test Recovered:',
        'dewi@dinas.test Pulih:',
        'dewi@dinas.test Putus:',
      ]);
      expect(province.said().sort()).toEqual(['budi: opened', 'budi: recovered', 'dewi: opened', 'dewi: recovered']);
    });

    test('people who share an address are told there once', async () => {
      const addresses = [{ channelId: hook, to: 'group' }];
      await province.addPerson('dewi', hook, { addresses });
      await province.addPerson('budi', hook, { addresses });
      await province.addPolicy([{}]);
      const device = await province.addDevice();
      await province.fall([device], T0);
      await province.at(T0 + SEEN);
      await province.rise([device], T0 + HOUR);

      await province.at(T0 + HOUR + OVER);

      expect(province.said()).toEqual(['group: opened', 'group: recovered']);
    });

    test('a regency with a policy of its own is told of a trunk of the province as well', async () => {
      await province.addPerson('provincial', hook);
      await province.addPerson('local', hook, { regionCode: '16.03', role: 'manager' });
      await province.addPolicy([{}]);
      await province.addPolicy([{ to: [{ kind: 'role', role: 'manager' }] }], { regionCode: '16.03' });
      const trunk = await province.addDevice('16.71.01.1001');
      const children = await province.addDevices(3, VILLAGE, trunk);
      await province.fall([trunk, ...children], T0);

      await province.at(T0 + SEEN);

      expect(province.said().sort()).toEqual(['local: opened', 'provincial: opened']);
    });

    test('announced work is told to nobody, and nor is its end', async () => {
      await province.addPerson('dewi', hook);
      await province.addPolicy([{}, { afterMinutes: 5 }]);
      const device = await province.addDevice();
      const window = { title: 'x', note: '', startsAt: T0 - HOUR, endsAt: T0 + HOUR, recurrence: null };
      const targets = { deviceIds: [device], siteIds: [], regionCodes: [] };
      await province.inventory.maintenance.create(
        { ...window, ...targets, lastEndsAt: T0 + HOUR, regionCode: VILLAGE },
        { accountId: null, at: T0 - DAY },
      );
      await province.fall([device], T0);
      await province.at(T0 + SEEN);
      await province.at(T0 + 30 * MINUTE);
      await province.rise([device], T0 + 40 * MINUTE);

      await province.at(T0 + 40 * MINUTE + OVER);

      expect(province.said()).toEqual([]);
    });

    test('what flaps is told once, and its end once', async () => {
      await province.addPerson('dewi', hook);
      await province.addPolicy([{}]);
      const device = await province.addDevice();
      let at = T0;
      for (let turn = 0; turn < 12; turn += 1) {
        await province.fall([device], at);
        await province.at(at + 20 * SECOND);
        await province.rise([device], at + MINUTE);
        await province.at(at + MINUTE + 20 * SECOND);
        at += MINUTE + 25 * SECOND;
      }

      await province.at(at + HOUR);

      expect(province.said()).toEqual(['dewi: opened', 'dewi: recovered']);
    });
  });
}
