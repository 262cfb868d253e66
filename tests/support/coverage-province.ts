import type { State } from '../../core/domain/state.ts';
import type { Inventory } from '../../core/stores/inventory/inventory.ts';
import { seededRandom } from './random.ts';

const REGENCIES = ['16.01', '16.02', '16.71'] as const;
const STATES: readonly (State | null)[] = ['up', 'up', 'up', 'degraded', 'down', 'unknown', null];
/** Villages of a district of which the official count says one more than is on record. */
const VILLAGES = 9;

/**
 * A province of three regencies, two districts each, of desa and kelurahan in every standing there is: with both
 * hotspots, one or none, in any state, and with words of the programme on every level.
 */
export async function layCoverage(inventory: Inventory, seed = 7): Promise<readonly string[]> {
  const random = seededRandom(seed);
  const oneOf = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
  const { sql } = inventory;
  let serial = 0;
  const region = (code: string, level: string, more: Record<string, unknown> = {}) => {
    const columns = { code, level, parent_code: code.includes('.') ? code.slice(0, code.lastIndexOf('.')) : null };
    const row = {
      ...columns,
      name: `${level} ${code}`,
      lat: -3 - random(),
      lng: 104 + random(),
      edition: 'test',
      ...more,
    };
    const names = Object.keys(row);
    return sql.run(
      `INSERT INTO region (${names.join(', ')}) VALUES (${names.map((_, n) => `$${n + 1}`).join(', ')})`,
      Object.values(row),
    );
  };
  await region('16', 'province', { population: 90_000 });
  await sql.run("INSERT INTO region_edition VALUES ('2025-06', now(), 1, 3, 6, 54, 0, 0)");
  const villages: string[] = [];
  for (const [n, regency] of REGENCIES.entries()) {
    await region(regency, 'regency', {
      population: 30_000,
      desa_count: 10,
      kelurahan_count: 10,
      programme: n === 1 ? 'not-proposed' : null,
      programme_note: n === 1 ? 'Menunggu usulan' : null,
    });
    for (const district of [`${regency}.01`, `${regency}.02`]) {
      await region(district, 'district', district === '16.01.02' ? { programme: 'blocked-by-terrain' } : {});
      for (let v = 0; v < VILLAGES; v += 1) {
        const code = `${district}.${v % 3 === 0 ? 1 : 2}0${String(v).padStart(2, '0')}`;
        await region(code, 'village', {
          population: random() < 0.5 ? Math.floor(random() * 5000) : null,
          programme: random() < 0.15 ? oneOf(['not-proposed', 'blocked-by-terrain', 'covered']) : null,
        });
        villages.push(code);
        for (const kind of ['village-office', 'village-public'] as const) {
          if (random() < 0.45) continue;
          serial += 1;
          const site = await inventory.sites.create({
            code: `s${serial}`,
            name: `Titik ${serial}`,
            kind,
            regionCode: code,
          });
          const device = await inventory.devices.create({
            code: `d${serial}`,
            name: `AP ${serial}`,
            kind: 'access-point',
            siteId: site.id,
            host: '127.0.0.1',
          });
          const state = oneOf(STATES);
          if (state !== null) await setState(inventory, device.id, state);
        }
      }
    }
  }
  return villages;
}

export const setState = (inventory: Inventory, deviceId: string, state: State): Promise<number> =>
  inventory.sql.run(
    `INSERT INTO device_status (device_id, state, since, memory, updated_at) VALUES ($1, $2, now(), '{}', now())
     ON CONFLICT (device_id) DO UPDATE SET state = excluded.state`,
    [deviceId, state],
  );
