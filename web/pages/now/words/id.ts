import type { FEED_KINDS } from '../../../../core/contract/now.ts';
import type { State } from '../../../../core/domain/state.ts';

export const id = {
  title: 'Sekarang',
  incidents: 'Gangguan menurut beratnya',
  open: (count: string) => `${count} gangguan terbuka`,
  waiting: (count: string) => `${count} belum ditangani`,
  allTaken: 'semua sudah ditangani',
  people: (count: string) => `${count} jiwa di desa yang terputus`,
  allNormal: (sites: string) => `Semua ${sites} lokasi normal.`,
  noIncident: 'Tidak ada gangguan terbuka.',
  lastEnded: 'Gangguan terakhir selesai',
  never: 'Belum pernah ada gangguan yang tercatat.',
  notAllUp: (up: string, total: string) =>
    `${up} dari ${total} lokasi normal; sisanya belum menjadi gangguan atau tidak terlihat.`,
  seeHistory: 'Lihat yang sudah selesai',
  broken: 'Perangkat bermasalah menurut jenisnya',
  of: (total: string) => `dari ${total}`,
  take: 'Tangani',
  takeNamed: (title: string) => `Tangani: ${title}`,
  takeFailed: 'Belum tersimpan. Coba lagi.',
  nobody: 'belum ditangani',
  mine: 'Anda',
  more: (count: string) => `${count} gangguan lagi`,
  keys: 'Tombol: j dan k berpindah, Enter membuka, a menangani.',
  keyNames: { enter: 'Enter', move: 'pindah', open: 'buka', take: 'tangani' },
  map: 'Peta keadaan',
  openMap: 'Buka peta',
  feed: 'Satu jam terakhir',
  feedEmpty: 'Tidak ada perubahan dalam satu jam terakhir.',
  feedOmitted: (count: string) => `${count} perubahan keadaan lagi dalam satu jam ini.`,
  change: {
    state: '',
    'maintenance-set': 'pemeliharaan diumumkan',
    'maintenance-off': 'pemeliharaan dibatalkan',
    'device-added': 'perangkat baru',
    'site-added': 'lokasi baru',
    batch: 'perubahan serentak',
  } satisfies Record<(typeof FEED_KINDS)[number], string>,
  became: { up: 'kembali normal', degraded: 'terganggu', down: 'putus', unknown: 'tidak terlihat' } satisfies Record<
    State,
    string
  >,
  devices: (count: string) => `${count} perangkat diubah`,
};

export type NowDictionary = typeof id;
