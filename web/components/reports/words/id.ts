/** Texts of what citizens and village officers report, in Indonesian: the form that English fills. */
export const id = {
  title: 'Laporan warga dan petugas',
  people: (count: string) => `${count} warga melaporkan dalam satu jam terakhir`,
  kind: { slow: 'internet lambat', dead: 'Wi-Fi mati', drops: 'sering putus', other: 'masalah lain' },
  last: 'terakhir',
  attention: (count: string) =>
    `${count} warga melaporkan masalah, padahal alat tampak bekerja. Periksa jalur, kapasitas, dan halaman masuk.`,
  officer: 'Petugas desa',
  officerKind: {
    dead: 'Wi-Fi mati',
    slow: 'internet lambat',
    'no-login': 'tidak bisa masuk',
    damaged: 'alat rusak atau hilang',
    other: 'masalah lain',
  },
  photo: 'Lihat foto',
  incident: 'Lihat gangguan',
  attentionTitle: (count: string) => `${count} titik dilaporkan warga tanpa alat yang putus`,
};

export type ReportWords = typeof id;
