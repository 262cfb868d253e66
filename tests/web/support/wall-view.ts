import type { WallView } from '../../../core/contract/walls.ts';
import { DAY, HOUR, MINUTE } from '../../../core/domain/clock.ts';
import { WALL_SCENES } from '../../../core/domain/wall.ts';

const REGENCIES = [
  ...['Ogan Komering Ulu', 'Ogan Komering Ilir', 'Muara Enim', 'Lahat', 'Musi Rawas', 'Musi Banyuasin', 'Banyuasin'],
  ...['Ogan Komering Ulu Timur', 'Ogan Komering Ulu Selatan', 'Ogan Ilir', 'Empat Lawang'],
  ...['Penukal Abab Lematang Ilir', 'Musi Rawas Utara', 'Palembang', 'Pagar Alam', 'Lubuk Linggau', 'Prabumulih'],
];
const WIB_MS = 7 * HOUR;

/** What a wall of a province of seventeen regencies shows at a moment; figures move with it. */
export function wallViewAt(now: number, change: Partial<WallView> = {}): WallView {
  const turn = Math.floor(now / MINUTE);
  const from = Math.floor((now + WIB_MS) / DAY) * DAY - WIB_MS;
  const rows = REGENCIES.map((name, index) => {
    const down = (turn + index) % 3;
    const partial = (turn + index) % 2;
    const total = 4 + (index % 6);
    return {
      ...{ code: `16.${String(index + 1).padStart(2, '0')}`, name: `Kabupaten ${name}` },
      ...{ lat: -2 - (index % 5) * 0.6, lng: 102.6 + Math.floor(index / 5) * 0.9 },
      villages: { normal: total - down - partial - (index === 8 ? 1 : 0), partial, down, unknown: index === 8 ? 1 : 0 },
      villagesInProgramme: total,
      agencies: { up: 6 - down, degraded: partial, down, unknown: 0 },
      agenciesPlanned: index % 4,
      shelters: { up: index % 3, degraded: 0, down: index % 7 === 0 ? 1 : 0, unknown: 0 },
    };
  });
  const sum = (state: 'normal' | 'partial' | 'down' | 'unknown') =>
    rows.reduce((total, { villages }) => total + villages[state], 0);
  const inProgramme = rows.reduce((total, { villagesInProgramme }) => total + villagesInProgramme, 0);
  const curve = Array.from({ length: Math.floor((now - from) / (30 * MINUTE)) + 1 }, (_, step) =>
    step === 9 ? null : Math.round(420 + 380 * Math.sin((step - 14) / 7)),
  );
  return {
    wall: {
      ...{ name: 'Ruang kendali', region: { code: '16', name: 'Sumatera Selatan' } },
      ...{ theme: 'dark', language: 'id', variant: 'internal' },
      scenes: WALL_SCENES.map((scene) => ({ scene, seconds: 60 })),
    },
    ...{ build: 'one', asOf: now },
    counts: {
      ...{ asOf: now, villagesInProgramme: inProgramme, villageCount: 3289, rows },
      villages: { normal: sum('normal'), partial: sum('partial'), down: sum('down'), unknown: sum('unknown') },
    },
    map: {
      asOf: now,
      points: rows.flatMap(({ lat, lng, villagesInProgramme }, row) =>
        Array.from({ length: villagesInProgramme }, (_, index) => [
          ...[lng + ((index * 7) % 5) * 0.11, lat + ((index * 3) % 4) * 0.11, (turn + row + index) % 9 === 0 ? 2 : 0],
        ]),
      ),
    },
    incidents: {
      ...{ asOf: now, total: 9, waiting: 3, lastEndedAt: now - HOUR },
      rows: Array.from({ length: 8 }, (_, index) => ({
        startedAt: now - index * 47 * MINUTE - 3 * MINUTE,
        rootKind: index % 3 === 0 ? ('segment' as const) : ('device' as const),
        regionName: 'Kabupaten Muara Enim',
        root: {
          ...{ deviceName: `Router Balai Desa Tanjung Raya ${index}`, siteName: `POP Tanjung Enim ${index}` },
          place: 'Tanjung Enim, Muara Enim',
        },
        cause: index % 2 === 0 ? ('power' as const) : ('uplink' as const),
        ...{ villages: 14 - index, agencies: 3, population: 9_200 - index * 700, devices: 30 },
      })),
    },
    agencies: {
      ...{ asOf: now, omitted: 4 },
      items: Array.from({ length: 12 }, (_, index) => ({
        name: `Dinas Pendidikan dan Kebudayaan ${index + 1}`,
        regionName: 'Kota Palembang',
        state: (['down', 'down', 'degraded', 'unknown', 'planned'] as const)[index % 5] ?? 'down',
      })),
    },
    online: { asOf: now, now: 743 + (turn % 50), from, stepMs: 30 * MINUTE, points: curve },
    eyes: {
      asOf: now,
      cameras: { up: 38, degraded: 1, down: 4, unknown: 0 },
      webSites: { up: 11, degraded: 0, down: 1, unknown: 0 },
      omitted: 10,
      items: Array.from({ length: 45 }, (_, index) => ({
        kind: index % 4 === 0 ? ('web-site' as const) : ('camera' as const),
        name: index % 4 === 0 ? `dinas-${index}.sumselprov.example` : `Kamera Simpang ${index + 1} arah utara`,
        regionName: 'Kota Palembang',
        state: index < 4 ? ('down' as const) : index === 4 ? ('degraded' as const) : ('up' as const),
      })),
    },
    ...change,
  };
}
