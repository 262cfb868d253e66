import type { MatchedBy, SearchKind } from '../../../../core/contract/search.ts';

export const id = {
  label: 'Cari apa saja',
  placeholder: 'Cari nama, kode, IP, MAC',
  close: 'Tutup pencarian',
  searching: 'Mencari…',
  short: 'Ketik dua huruf atau lebih. Nama, kode, alamat IP, MAC, nomor seri, atau #nomor gangguan.',
  none: (text: string) => `Tidak ada yang cocok dengan “${text}”.`,
  noneHint: 'Periksa ejaannya, atau cari dengan kode atau alamat IP.',
  nearly: 'Tidak ada yang persis sama. Yang mendekati:',
  failed: 'Pencarian gagal. Coba lagi sebentar.',
  recent: 'Terakhir dibuka',
  screens: 'Layar',
  keys: 'memilih · Enter membuka · Ctrl+Enter di peta',
  onMap: 'Buka di peta',
  group: {
    device: 'Perangkat',
    site: 'Lokasi',
    region: 'Wilayah',
    incident: 'Gangguan',
    link: 'Jalur',
    gateway: 'Gerbang Wi-Fi',
    account: 'Akun',
  } satisfies Record<SearchKind, string>,
  matched: {
    name: '',
    code: 'kode',
    host: 'alamat',
    mac: 'MAC',
    'port-mac': 'MAC antarmuka',
    serial: 'nomor seri',
    address: 'alamat',
    provider: 'penyedia',
    number: 'nomor',
  } satisfies Record<MatchedBy, string>,
  ended: 'selesai',
  /** Where each screen is, and by which words people look for it. */
  pages: {
    '/': 'Sekarang: yang bermasalah',
    '/map': 'Peta',
    '/regencies': 'Tabel kabupaten',
    '/villages': 'Daftar desa',
    '/outages': 'Daftar gangguan',
    '/devices': 'Daftar perangkat',
    '/sites': 'Daftar lokasi',
    '/maintenance': 'Pemeliharaan',
    '/maintenance/new': 'Umumkan pemeliharaan',
    '/portal': 'Wi-Fi publik',
    '/portal/vouchers': 'Voucer Wi-Fi',
    '/statements': 'Laporan SLA dan tagihan',
    '/settings': 'Pengaturan pemberitahuan',
    '/system': 'Keadaan sistem',
    '/accounts': 'Akun dan hak',
  },
};

export type SearchDictionary = typeof id;
export type PagePath = keyof SearchDictionary['pages'];
