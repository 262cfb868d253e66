import type { Device } from '../contract/devices.ts';
import type { Incident } from '../contract/incidents.ts';
import type { ListedLink } from '../contract/links.ts';
import type { Site } from '../contract/sites.ts';
import type { ListedVillage } from '../contract/villages.ts';
import type { Cause } from '../domain/incident.ts';
import type { Medium } from '../domain/medium.ts';
import type { State, VillageState } from '../domain/state.ts';

export type ListLanguage = 'id' | 'en';
type Cell = string | number | boolean | null;
type Words = Readonly<Record<ListLanguage, string>>;

/** A column of a list as people read it: unlike those of an import, its heads are words. */
export type ListColumn<Row> = {
  readonly head: Words;
  /** A `moment` is in the province's zone, which its head says. */
  readonly type: 'text' | 'number' | 'moment';
  readonly value: (row: Row, say: Say) => Cell;
};
export type Say = {
  readonly language: ListLanguage;
  /** `2026-11-21 14.05`, in the province's zone. */
  readonly moment: (at: number | null) => string | null;
};

const STATE: Readonly<Record<State | VillageState, Words>> = {
  up: { id: 'normal', en: 'normal' },
  normal: { id: 'normal', en: 'normal' },
  partial: { id: 'sebagian', en: 'partial' },
  degraded: { id: 'terganggu', en: 'degraded' },
  down: { id: 'putus', en: 'down' },
  unknown: { id: 'tidak diketahui', en: 'unknown' },
};
const CAUSE: Readonly<Record<Cause, Words>> = {
  power: { id: 'Listrik', en: 'Power' },
  uplink: { id: 'Jalur ke atas', en: 'Uplink' },
  'shared-segment': { id: 'Jalur bersama', en: 'Shared segment' },
  device: { id: 'Perangkat', en: 'Device' },
  'collector-blind': { id: 'Pusat tidak melihat', en: 'Centre is blind' },
  planned: { id: 'Pemeliharaan', en: 'Maintenance' },
  unknown: { id: 'Belum diketahui', en: 'Not known yet' },
};
const MEDIUM: Readonly<Record<Medium, Words>> = {
  fibre: { id: 'Serat optik', en: 'Fibre' },
  radio: { id: 'Radio', en: 'Radio' },
  vsat: { id: 'VSAT', en: 'VSAT' },
  lte: { id: 'LTE', en: 'LTE' },
  copper: { id: 'Tembaga', en: 'Copper' },
};
const YES: Words = { id: 'ya', en: 'yes' };
const NO: Words = { id: 'tidak', en: 'no' };

const text = <Row>(id: string, en: string, value: ListColumn<Row>['value']): ListColumn<Row> => ({
  head: { id, en },
  type: 'text',
  value,
});
const moment = <Row>(id: string, en: string, at: (row: Row) => number | null): ListColumn<Row> => ({
  head: { id, en },
  type: 'moment',
  value: (row, say) => say.moment(at(row)),
});
const number = <Row>(id: string, en: string, value: ListColumn<Row>['value']): ListColumn<Row> => ({
  head: { id, en },
  type: 'number',
  value,
});

export const DEVICE_COLUMNS: readonly ListColumn<Device>[] = [
  text('Kode', 'Code', ({ code }) => code),
  text('Nama', 'Name', ({ name }) => name),
  text('Keadaan', 'State', ({ state }, { language }) => STATE[state][language]),
  moment('Sejak', 'Since', ({ since }) => since),
  text('Jenis', 'Kind', ({ kind }) => kind),
  text('Lokasi', 'Site', ({ siteName }) => siteName),
  text('Kode wilayah', 'Region code', ({ regionCode }) => regionCode),
  text('Alamat', 'Address', ({ host }) => host),
  text('MAC', 'MAC', ({ mac }) => mac),
  text('Merek', 'Make', ({ vendor }) => vendor),
  text('Model', 'Model', ({ model }) => model),
  text('Versi', 'Version', ({ version }) => version),
  text('Nomor seri', 'Serial', ({ serial }) => serial),
  text('Diawasi', 'Watched', ({ enabled }, { language }) => (enabled ? YES : NO)[language]),
  moment('Terakhir terlihat', 'Last seen', ({ lastSeenAt }) => lastSeenAt),
];

export const SITE_COLUMNS: readonly ListColumn<Site>[] = [
  text('Kode', 'Code', ({ code }) => code),
  text('Nama', 'Name', ({ name }) => name),
  text('Keadaan', 'State', ({ state }, { language }) => STATE[state][language]),
  moment('Sejak', 'Since', ({ since }) => since),
  text('Jenis', 'Kind', ({ kind }) => kind),
  text('Status', 'Status', ({ status }) => status),
  text('Wilayah', 'Region', ({ regionName }) => regionName),
  text('Kode wilayah', 'Region code', ({ regionCode }) => regionCode),
  number('Lintang', 'Latitude', ({ lat }) => lat),
  number('Bujur', 'Longitude', ({ lng }) => lng),
  text('Alamat', 'Address', ({ address }) => address),
  text('Kontak', 'Contact', ({ contact }) => contact),
];

export const INCIDENT_COLUMNS: readonly ListColumn<Incident>[] = [
  number('Nomor', 'Number', (incident) => incident.number),
  text('Pangkal', 'Root', ({ root }) => root?.deviceName ?? null),
  text('Lokasi', 'Site', ({ root }) => root?.siteName ?? null),
  text('Tempat', 'Place', ({ root }) => root?.place ?? null),
  text('Sebab', 'Cause', ({ cause }, { language }) => CAUSE[cause][language]),
  number('Keyakinan (0–1)', 'Confidence (0–1)', ({ confidence }) => confidence),
  moment('Mulai', 'Started', ({ startedAt }) => startedAt),
  moment('Selesai', 'Ended', ({ endedAt }) => endedAt),
  number('Desa', 'Villages', ({ effect }) => effect.villages),
  number('OPD', 'Agencies', ({ effect }) => effect.agencies),
  number('Jiwa', 'People', ({ effect }) => effect.population),
  number('Perangkat', 'Devices', ({ effect }) => effect.devices),
  text('Ditangani', 'Taken by', ({ assignee, acknowledged }) => assignee?.name ?? acknowledged?.by ?? null),
];

const MEGA = 1e6;

export const LINK_COLUMNS: readonly ListColumn<ListedLink>[] = [
  text('Kode', 'Code', ({ code }) => code),
  text('Nama', 'Name', ({ name }) => name),
  text('Keadaan', 'State', ({ state }, { language }) => STATE[state][language]),
  moment('Sejak', 'Since', ({ since }) => since),
  text('Dari', 'From', ({ fromSiteName }) => fromSiteName),
  text('Ke', 'To', ({ toSiteName }) => toSiteName),
  text('Media', 'Medium', ({ medium }, { language }) => MEDIUM[medium][language]),
  text('Penyedia', 'Provider', ({ provider }) => provider),
  number('Kontrak (Mbit/s)', 'Contract (Mbit/s)', ({ contractMbps }) => contractMbps),
  number('Beban (Mbit/s)', 'Load (Mbit/s)', ({ load }) => (load === null ? null : load.bps / MEGA)),
  number('Terpakai (0–1)', 'Used (0–1)', ({ load }) => load?.share ?? null),
  number('SLA (%)', 'SLA (%)', ({ slaPercent }) => slaPercent),
];

const stateOrNone = <Row>(id: string, en: string, of: (row: Row) => State | VillageState | null): ListColumn<Row> =>
  text(id, en, (row, { language }) => {
    const state = of(row);
    return state === null ? null : STATE[state][language];
  });

export const VILLAGE_COLUMNS: readonly ListColumn<ListedVillage>[] = [
  text('Kode', 'Code', ({ code }) => code),
  text('Desa', 'Village', ({ name }) => name),
  text('Kecamatan', 'District', ({ districtName }) => districtName),
  text('Kabupaten/kota', 'Regency', ({ regencyName }) => regencyName),
  number('Jiwa', 'People', ({ people }) => people),
  stateOrNone('Keadaan', 'State', ({ state }) => state),
  moment('Sejak', 'Since', ({ since }) => since),
  stateOrNone('Kantor desa', 'Village office', (row) => row.office),
  stateOrNone('Tempat umum', 'Public place', (row) => row.public),
];
