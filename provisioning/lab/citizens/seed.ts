import { createHmac } from 'node:crypto';
import type { Secret } from '../../../core/config/secret.ts';
import type { NewPlan } from '../../../core/contract/portal/plan.ts';
import { DAY, HOUR } from '../../../core/domain/clock.ts';
import { watchLogins } from '../../../core/services/portal/watch-logins.ts';
import type { Inventory } from '../../../core/stores/inventory/inventory.ts';
import { dayCurve } from '../model/load.ts';
import { noise, seedOf } from '../model/noise.ts';
import { addressOf, type PublicHotspot } from './public-hotspots.ts';

const PLAN: NewPlan = {
  name: 'Warga',
  sessionSeconds: 2 * 3_600,
  idleSeconds: 15 * 60,
  daySeconds: 6 * 3_600,
  monthSeconds: null,
  dayOctets: 2_000_000_000,
  monthOctets: null,
  downKbit: 4_096,
  upKbit: 1_024,
  devices: null,
  opensAt: null,
  closesAt: null,
};
/** Days are those of the province: Sumatera Selatan keeps western Indonesian time. */
const WIB_MS = 7 * HOUR;
const DAYS_BEFORE = 30;
/** A visit in the lab, on average. */
const VISIT_SECONDS = 25 * 60;
const DOWN_PER_VISIT = 32_000_000;

type Stores = Pick<Inventory, 'portal' | 'devices' | 'sql'>;

/**
 * The captive portal of the lab's public places: a plan, a gateway for each hotspot, and a month of counts. What
 * somebody changed since stays.
 * @param port where each hotspot's own login page listens
 * @returns by code of the device, what its login page is called and its RADIUS secret
 */
export async function seedCitizens(
  inventory: Stores,
  options: {
    readonly hotspots: readonly PublicHotspot[];
    readonly deviceIds: ReadonlyMap<string, string>;
    readonly key: Secret;
    readonly port: number;
    readonly now: number;
  },
): Promise<ReadonlyMap<string, { readonly ref: string; readonly secret: string }>> {
  const { portal, sql } = inventory;
  const { hotspots, deviceIds, key, port, now } = options;
  const plan = (await portal.plans.list()).find(({ name }) => name === PLAN.name) ?? (await portal.plans.create(PLAN));
  const known = new Map((await portal.gateways.openAll()).map((gateway) => [gateway.name, gateway]));
  const gateways = new Map<string, { ref: string; secret: string }>();
  const isNew = known.size === 0;
  for (const [index, { code, siteId }] of hotspots.entries()) {
    const secret = createHmac('sha256', key.reveal()).update(`lab hotspot ${code}`).digest('base64url').slice(0, 24);
    const lanAddress = `${addressOf(index)}:${port}`;
    const found = known.get(code);
    if (found !== undefined) {
      if (found.lanAddress !== lanAddress) await portal.gateways.update(found.id, { lanAddress });
      gateways.set(code, { ref: found.ref, secret });
      continue;
    }
    const made = await portal.gateways.create({
      name: code,
      siteId,
      deviceId: deviceIds.get(code) ?? null,
      family: 'mikrotik',
      radiusAddress: addressOf(index),
      radiusSecret: secret,
      nasIdentifier: code,
      lanAddress,
    });
    await portal.sites.update(siteId, { planId: plan.id }, now);
    await watchLogins(inventory, made);
    gateways.set(code, { ref: made.ref, secret });
  }
  if (isNew) await layDays({ sql }, hotspots, now);
  return gateways;
}

/** Counts of the month before and of today so far, of the same model as what comes. */
async function layDays({ sql }: Pick<Stores, 'sql'>, hotspots: readonly PublicHotspot[], now: number): Promise<void> {
  const midnight = Math.floor((now + WIB_MS) / DAY) * DAY - WIB_MS;
  const rows = hotspots.flatMap(({ siteId, code, load }) =>
    Array.from({ length: DAYS_BEFORE + 1 }, (_, index) => {
      const at = midnight - index * DAY;
      const hours = Array.from({ length: 24 }, (_, hour) => at + hour * HOUR).filter((hour) => hour <= now - HOUR);
      // People at the same time, summed over the hours, are visits of so many minutes.
      const busy = hours.reduce((sum, hour) => sum + dayCurve(load.shape, hour), 0) * load.busyClients;
      const logins = Math.round(busy * (3_600 / VISIT_SECONDS) * (0.8 + 0.4 * noise(seedOf(code, 'day'), index)));
      return {
        day: new Date(at + WIB_MS).toISOString().slice(0, 10),
        siteId,
        arrivals: Math.round(logins / 0.94),
        logins,
        devices: Math.round(logins * 0.55),
        seconds: logins * VISIT_SECONDS,
        up: logins * DOWN_PER_VISIT * 0.12,
        down: logins * DOWN_PER_VISIT,
      };
    }),
  );
  await sql.run(
    `INSERT INTO portal_days (day, site_id, method, arrivals, logins, refusals, sessions, devices, seconds, up_octets, down_octets)
     SELECT n.day, n."siteId", 'terms', n.arrivals, n.logins, 0, n.logins, n.devices, n.seconds, n.up, n.down
     FROM jsonb_to_recordset($1::jsonb) AS n(day date, "siteId" uuid, arrivals int, logins int, devices int,
       seconds bigint, up numeric, down numeric)
     ON CONFLICT DO NOTHING`,
    [JSON.stringify(rows)],
  );
}
