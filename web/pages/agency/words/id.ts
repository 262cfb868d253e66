/** Texts of an agency's own screen, apart from the others: only agencies load them. */
export const id = {
  title: 'Instansi kami',
  none: 'Akun ini belum punya instansi',
  noneText: 'Minta administrator menetapkan lokasi instansi pada akun ini.',
  state: {
    up: 'Jaringan instansi berjalan normal',
    degraded: 'Jaringan instansi terganggu sebagian',
    down: 'Jaringan instansi putus',
    unknown: 'Keadaan jaringan instansi tidak terlihat',
  },
  incidents: 'Gangguan yang berjalan',
  noIncidents: 'Tidak ada gangguan yang menyangkut instansi ini.',
  allIncidents: 'Semua gangguan',
  elsewhere: 'Akar gangguan di luar lokasi ini',
  handled: 'Sedang ditangani',
  waiting: 'Menunggu ditangani',
  noLinks: 'Belum ada jalur yang tercatat',
  noLinksText: 'Administrator mencatat jalur yang berujung di instansi ini.',
  devices: 'Perangkat dan layanan',
  statement: (month: string) => `Laporan layanan ${month}`,
  running: 'Bulan ini berjalan; angkanya masih berubah.',
  noStatement: 'Belum ada laporan untuk bulan ini.',
  agreed: 'Disepakati',
  verdict: { met: 'terpenuhi', missed: 'tidak terpenuhi', 'not-judged': 'tidak dinilai' },
  pdf: 'Unduh PDF',
  csv: 'Unduh CSV',
};
export type AgencyDictionary = typeof id;
