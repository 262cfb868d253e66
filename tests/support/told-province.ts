import { randomUUID } from 'node:crypto';
import { memoryBus } from '../../core/bus/memory.ts';
import type { NewNoticePolicy, NoticeStep } from '../../core/contract/notice-policies.ts';
import type { Recipient, RecipientChange } from '../../core/contract/recipients.ts';
import { HOUR, SECOND } from '../../core/domain/clock.ts';
import { type Log, silentLog } from '../../core/log/log.ts';
import { type Correlator, startCorrelator } from '../../core/services/incidents/correlator.ts';
import { type Escalator, startEscalator } from '../../core/services/notices/escalator.ts';
import { noticeLinks } from '../../core/services/notices/links.ts';
import { tellOf } from '../../core/services/notices/tell.ts';
import { createOutboxSender, type OutboxSender } from '../../core/services/outbox.ts';
import type { Inventory } from '../../core/stores/inventory/inventory.ts';
import { type Answer, type Asked, type Provider, startProvider } from './provider.ts';

const SECRET = 'kunci rahasia yang cukup panjang';
export const VILLAGE = '16.03.11.2009';
const PUBLIC_URL = 'https://simpul.test';

/** A message as it came to the webhook. */
export type Received = {
  readonly id: string;
  readonly to: string;
  readonly type: string;
  readonly subject: string;
  readonly link: string | null;
  readonly incidentId: string;
};

export type ToldProvince = Awaited<ReturnType<typeof openToldProvince>>;

/** A province whose people are told by a webhook of what befalls its devices; time stands in the hand. */
export async function openToldProvince(inventory: Inventory, startsAt: number) {
  let now = startsAt;
  let correlator: Correlator | null = null;
  let escalator: Escalator | null = null;
  let sender: OutboxSender | null = null;
  let answer: (asked: Asked) => Answer = () => ({});
  let breaks = (): void => {};
  /** Requests of tests before. */
  let past = 0;
  const warnings: unknown[] = [];
  const log: Log = { ...silentLog, warn: (...said) => void warnings.push(said) };
  const provider: Provider = await startProvider((asked) => answer(asked));
  const clock = (): number => now;
  const bus = memoryBus((error) => {
    throw error;
  });
  const series = { latest: async () => [], query: async () => [] };
  const timers = { after: () => () => {} };
  const officer = {
    urlFor: ({ incidentId, villageCode }: { incidentId: string; villageCode: string }) =>
      `${PUBLIC_URL}/d/${villageCode}-${incidentId}`,
  };
  const links = noticeLinks({ publicUrl: PUBLIC_URL, officer });
  const told = tellOf({ inventory, links });

  /** One more process that looks at what is due. */
  const rival = (): Escalator => startEscalator({ inventory, links, clock, timers, log, wake: () => {} });

  async function stop(): Promise<void> {
    await correlator?.stop();
    await escalator?.stop();
    await sender?.stop();
  }

  /** As a process that starts: all it knows is what the store holds. */
  async function restart(): Promise<void> {
    await stop();
    sender = createOutboxSender({ inventory, clock, log, zone: { timeZone: 'UTC', label: 'UTC' } });
    escalator = rival();
    correlator = await startCorrelator({
      inventory,
      series,
      bus,
      clock,
      timers,
      log,
      async tell(tx, messages) {
        await told(tx, messages);
        breaks();
      },
    });
  }

  /** Everything that a running process does at a moment. */
  async function at(moment: number): Promise<void> {
    now = moment;
    await correlator?.run();
    await escalator?.run();
    await sender?.round();
  }

  async function reset(): Promise<void> {
    await stop();
    [now, answer, breaks, past] = [startsAt, () => ({}), () => {}, provider.asked.length];
    warnings.splice(0);
    const tables = ['incident', 'maintenance_window', 'recipient', 'notice_policy', 'channel', 'device', 'site'];
    const all = [...tables, 'region', 'account', 'setting'];
    await inventory.sql.run(all.map((table) => `DELETE FROM ${table}`).join(';'));
    await inventory.sql.run(
      `INSERT INTO region (code, level, parent_code, name, edition) VALUES
         ('16', 'province', NULL, 'Sumatera Selatan', 'test'), ('16.03', 'regency', '16', 'Kabupaten Muara Enim', 'test'),
         ('16.03.11', 'district', '16.03', 'Gelumbang', 'test'), ('${VILLAGE}', 'village', '16.03.11', 'Sukamaju', 'test'),
         ('16.71', 'regency', '16', 'Kota Palembang', 'test'), ('16.71.01', 'district', '16.71', 'Ilir', 'test'),
         ('16.71.01.1001', 'village', '16.71.01', '35 Ilir', 'test')`,
    );
    await restart();
  }

  async function addDevices(count: number, regionCode = VILLAGE, parentId?: string): Promise<string[]> {
    const rows = Array.from({ length: count }, () => ({ site: randomUUID(), device: randomUUID() }));
    const values = [JSON.stringify(rows), regionCode];
    const from = 'FROM jsonb_to_recordset($1::jsonb) AS n(site uuid, device uuid)';
    await inventory.sql.run(
      `INSERT INTO site (id, code, name, kind, region_code)
       SELECT n.site, n.site::text, 'Situs ' || left(n.site::text, 4), 'village-office', $2 ${from}`,
      values,
    );
    await inventory.sql.run(
      `INSERT INTO device (id, code, name, kind, site_id, host)
       SELECT n.device, n.device::text, 'AP ' || left(n.device::text, 4), 'router', n.site, '127.0.0.1' ${from}`,
      values.slice(0, 1),
    );
    if (parentId !== undefined)
      await inventory.sql.run(`INSERT INTO dependency (child_id, parent_id) SELECT n.device, $2 ${from}`, [
        values[0],
        parentId,
      ]);
    bus.publish({ type: 'inventory-changed', regionCode: '16', at: now });
    return rows.map(({ device }) => device);
  }

  async function addDevice(regionCode = VILLAGE): Promise<string> {
    const [device = ''] = await addDevices(1, regionCode);
    return device;
  }

  async function fall(deviceIds: readonly string[], moment: number): Promise<void> {
    for (const deviceId of deviceIds)
      await inventory.statuses.recordTransition({
        deviceId,
        state: 'down',
        previous: 'up',
        at: moment,
        reason: 'timeout',
        lastSeenAt: moment,
        memory: {},
        outage: { open: { startedAt: moment, detectedAt: moment + 10 * SECOND } },
      });
  }

  async function rise(deviceIds: readonly string[], moment: number): Promise<void> {
    for (const deviceId of deviceIds)
      await inventory.statuses.recordTransition({
        deviceId,
        state: 'up',
        previous: 'down',
        at: moment,
        reason: null,
        lastSeenAt: moment,
        memory: {},
        outage: { endedAt: moment },
      });
  }

  const addHook = async (name = 'NOC') =>
    (await inventory.channels.create({ name, kind: 'webhook', settings: { url: provider.url, secret: SECRET } })).id;

  /** Reached at the webhook under their name. */
  async function addPerson(name: string, channelId: string, more: RecipientChange = {}): Promise<Recipient> {
    const addresses = [{ channelId, to: name }];
    const made = await inventory.recipients.create({ name, role: 'engineer', regionCode: '16', addresses });
    return await inventory.recipients.update(made.id, more);
  }

  const addPolicy = (steps: readonly Partial<NoticeStep>[], more: Partial<NewNoticePolicy> = {}) =>
    inventory.noticePolicies.create(
      { regionCode: '16', enabled: true, quietHours: null, ...more, steps: steps.map(stepOf) },
      startsAt - HOUR,
    );

  const received = (): Received[] =>
    provider.asked.slice(past).map(({ body }) => {
      const { id, to, subject, link, event } = JSON.parse(body);
      return { id, to, subject, link, type: event.type, incidentId: event.incident?.incidentId ?? '' };
    });

  return {
    inventory,
    bus,
    clock,
    provider,
    /** What was logged as a warning: nothing, where all goes well. */
    warnings,
    at,
    reset,
    restart,
    rival,
    addDevice,
    addDevices,
    fall,
    rise,
    addHook,
    addPerson,
    addPolicy,
    received,
    /** `who: what`, in the order in which it came. */
    said: (): string[] => received().map(({ to, type }) => `${to}: ${type.replace('incident-', '')}`),
    answer(with_: (asked: Asked) => Answer): void {
      answer = with_;
    },
    /** Called at the end of every transaction that tells something. */
    breakWith(run: () => void): void {
      breaks = run;
    },
    only: async () => {
      const { items } = await inventory.incidents.list({ pageSize: 10 });
      const [first, ...more] = items;
      if (first === undefined || more.length > 0) throw new Error(`there are ${items.length} incidents, not one`);
      return first;
    },
    async close(): Promise<void> {
      await stop();
      await provider.stop();
    },
  };
}

const stepOf = (step: Partial<NoticeStep>): NoticeStep => ({
  afterMinutes: 0,
  minSeverity: 'minor',
  to: [{ kind: 'role', role: 'engineer' }],
  channelIds: null,
  repeat: null,
  evenIfAcknowledged: false,
  ...step,
});
