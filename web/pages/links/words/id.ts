export const id = {
  title: 'Jalur',
  count: (count: string) => `${count} jalur`,
  column: {
    name: 'Jalur',
    state: 'Keadaan',
    since: 'Sejak',
    medium: 'Media',
    provider: 'Penyedia',
    contract: 'Kontrak',
    load: 'Beban',
  },
  loadHint: 'Persentil ke-95 arah yang lebih sibuk, satu jam terakhir',
  medium: 'Media',
  agency: 'Instansi',
  hiddenEnd: 'di luar wilayah Anda',
  internet: 'ke luar',
  ofContract: (share: string) => `${share} dari kontrak`,
  ways: 'Yang terkait dengan jalur ini',
  onTopology: 'Lihat di topologi',
  terms: 'Kontrak dan restitusi',
  empty: 'Belum ada jalur di wilayah ini.',
  emptyHint:
    'Jalur menghubungkan dua lokasi, atau satu lokasi dengan penyedia. Tambahkan satu, atau impor dari berkas.',
  emptyFiltered: 'Tidak ada jalur yang cocok dengan saringan.',
};

export type LinksDictionary = typeof id;
