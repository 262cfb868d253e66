/** Texts of the table of regencies. */
export const id = {
  title: 'Kabupaten dan kota',
  context: (count: string, edition: string) =>
    `${count} wilayah · edisi wilayah ${edition} · ketersediaan 30 hari terakhir`,
  contextPlain: (count: string) => `${count} wilayah · ketersediaan 30 hari terakhir`,
  column: {
    name: 'Wilayah',
    programme: 'Program',
    villageCount: 'Desa',
    inProgramme: 'Dalam program',
    coverage: 'Cakupan',
    normal: 'Normal',
    partial: 'Sebagian',
    down: 'Putus',
    unknown: 'Tak diketahui',
    hotspots: 'Titik',
    agencies: 'OPD',
    outages: 'Gangguan',
    availability: 'Ketersediaan',
    clients: 'Daring',
  },
  groups: { programme: 'Program', villages: 'Desa program menurut keadaan', network: 'Jaringan' },
  total: 'Jumlah',
  sortBy: (column: string) => `Urutkan menurut ${column}`,
  empty: 'Belum ada wilayah.',
  emptyHint: 'Muat paket wilayah dengan perintah simpul regions import, lalu muat ulang halaman ini.',
  worstFirst: 'Terburuk dulu',
};

export type RegenciesDictionary = typeof id;
