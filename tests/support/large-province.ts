import type { Inventory } from '../../core/stores/inventory/inventory.ts';

const SYLLABLES =
  'su ka ma ju ran tau pan jang ba ru ta lang ke lu bang te bing ting gi mu a ra e nim la hat pa gar'.split(' ');
const KINDS = ['village-office', 'village-public'] as const;

/** A made-up name, the same for the same number. */
export function madeUpName(of: number): string {
  let rest = (of * 2_654_435_761) >>> 0;
  const word = (syllables: number): string => {
    let said = '';
    for (let n = 0; n < syllables; n++) {
      said += SYLLABLES[rest % SYLLABLES.length];
      rest = (rest * 1_103_515_245 + 12_345) >>> 0;
    }
    return `${said[0]?.toUpperCase()}${said.slice(1)}`;
  };
  return of % 3 === 0 ? word(3) : `${word(2 + (of % 2))} ${word(2)}`;
}

/**
 * All villages of a country in 38 provinces, and devices in those of the first: two sites a village, one device a site,
 * and a port with an address each.
 */
export async function layLargeProvince(
  { sql }: Pick<Inventory, 'sql'>,
  { devices, villages }: { readonly devices: number; readonly villages: number },
): Promise<void> {
  const pad = (value: number, digits = 2): string => String(value).padStart(digits, '0');
  const rows = new Map<string, { code: string; level: string; parent: string | null; name: string }>();
  const add = (code: string, level: string, name: string): void => {
    if (rows.has(code)) return;
    const parent = code.includes('.') ? code.slice(0, code.lastIndexOf('.')) : null;
    rows.set(code, { code, level, parent, name });
  };
  const perProvince = Math.ceil(villages / 38);
  const codes = Array.from({ length: villages }, (_, at) => {
    const province = 11 + Math.floor(at / perProvince);
    const inside = at % perProvince;
    const regency = `${province}.${pad(1 + (inside % 17))}`;
    const district = `${regency}.${pad(1 + (Math.floor(inside / 17) % 14))}`;
    const code = `${district}.${2001 + Math.floor(inside / (17 * 14))}`;
    add(`${province}`, 'province', `Provinsi ${madeUpName(province)}`);
    add(regency, 'regency', `Kabupaten ${madeUpName(province * 100 + inside)}`);
    add(district, 'district', madeUpName(inside * 7 + province));
    add(code, 'village', madeUpName(at));
    return code;
  });
  const all = [...rows.values()].sort((a, b) => a.code.length - b.code.length);
  for (let from = 0; from < all.length; from += 5_000)
    await sql.run(
      `INSERT INTO region (code, level, parent_code, name, lat, lng, population, programme, edition)
       SELECT r.code, r.level, r.parent, r.name, -3.2, 104.2, 1000, NULL, 'made up'
       FROM jsonb_to_recordset($1::jsonb) AS r(code text, level text, parent text, name text)`,
      [JSON.stringify(all.slice(from, from + 5_000))],
    );
  const places = Array.from({ length: devices }, (_, at) => {
    const regionCode = codes[Math.floor(at / 2) % perProvince] ?? '';
    const kind = KINDS[at % 2] ?? KINDS[0];
    const name = `${rows.get(regionCode)?.name} ${kind === 'village-office' ? 'Kantor' : 'Publik'}`;
    const hex = pad(0, 6) + at.toString(16).padStart(6, '0');
    return {
      ...{ siteId: uuid(1, at), id: uuid(0, at), regionCode, kind, name },
      code: `${regionCode}-${kind}-${at}`,
      host: `10.${at >> 16}.${(at >> 8) & 255}.${at & 255}`,
      mac: (`4c${hex.slice(2)}`.match(/../g) ?? []).join(':'),
      serial: `HG${pad(at * 7_919, 8)}`,
    };
  });
  for (let from = 0; from < places.length; from += 2_000) {
    const some = [JSON.stringify(places.slice(from, from + 2_000))];
    const source = `jsonb_to_recordset($1::jsonb) AS r(id uuid, "siteId" uuid, "regionCode" text, kind text, name text,
      code text, host text, mac text, serial text)`;
    await sql.run(
      `INSERT INTO site (id, code, name, kind, status, region_code)
       SELECT r."siteId", r.code, r.name, r.kind, 'active', r."regionCode" FROM ${source}`,
      some,
    );
    await sql.run(
      `INSERT INTO device (id, code, name, kind, site_id, host, mac, serial)
       SELECT r.id, r.code, 'Router ' || r.name, 'router', r."siteId", r.host, r.mac, r.serial FROM ${source}`,
      some,
    );
  }
  await sql.run('ANALYZE');
}

const uuid = (kind: number, at: number): string => `00000000-0000-4000-800${kind}-${String(at).padStart(12, '0')}`;
