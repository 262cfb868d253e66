/**
 * A trunk of the agencies' fibre in Palembang: a switch at its far end and the agencies behind it. Cutting it takes the
 * switch and all of them.
 */
export type AgencyBranch = {
  readonly code: string;
  readonly name: string;
  readonly regionCode: string;
  readonly address: string;
  readonly lat: number;
  readonly lng: number;
  readonly agencies: readonly string[];
};

/** The 19 agencies (OPD) on fibre, by branch. */
export const AGENCY_BRANCHES: readonly AgencyBranch[] = [
  {
    code: 'fo-kapten-a-rivai',
    name: 'Simpul Serat Optik Kapten A. Rivai',
    regionCode: '16.71.11',
    address: 'Kompleks Kantor Gubernur, Jl. Kapten A. Rivai',
    lat: -2.98291,
    lng: 104.74713,
    agencies: [
      'Sekretariat Daerah',
      'Biro Pemerintahan dan Otonomi Daerah',
      'Biro Hukum',
      'Biro Organisasi',
      'Biro Umum dan Perlengkapan',
      'Biro Administrasi Pimpinan',
      'Badan Perencanaan Pembangunan Daerah',
    ],
  },
  {
    code: 'fo-pom-ix',
    name: 'Simpul Serat Optik POM IX',
    regionCode: '16.71.04',
    address: 'Kawasan Jl. POM IX – Jl. Angkatan 45',
    lat: -2.97864,
    lng: 104.74102,
    agencies: [
      'Sekretariat DPRD',
      'Inspektorat Daerah',
      'Badan Pengelola Keuangan dan Aset Daerah',
      'Badan Pendapatan Daerah',
      'Badan Kepegawaian Daerah',
      'Dinas Pendidikan',
    ],
  },
  {
    code: 'fo-sudirman',
    name: 'Simpul Serat Optik Jenderal Sudirman',
    regionCode: '16.71.09',
    address: 'Kawasan Jl. Jenderal Sudirman km 3–5',
    lat: -2.95731,
    lng: 104.74308,
    agencies: [
      'Dinas Kesehatan',
      'Dinas Pekerjaan Umum Bina Marga dan Tata Ruang',
      'Dinas Sosial',
      'Dinas Perhubungan',
      'Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu',
      'RSUD Siti Fatimah',
    ],
  },
];

/** The 36 agencies that are to follow: sites without equipment. */
export const PLANNED_AGENCIES: readonly string[] = [
  'Biro Kesejahteraan Rakyat',
  'Biro Perekonomian',
  'Biro Pengadaan Barang dan Jasa',
  'Biro Administrasi Pembangunan',
  'Badan Pengembangan Sumber Daya Manusia Daerah',
  'Badan Riset dan Inovasi Daerah',
  'Badan Kesatuan Bangsa dan Politik',
  'Badan Penanggulangan Bencana Daerah',
  'Satuan Polisi Pamong Praja',
  'Dinas Pengelolaan Sumber Daya Air',
  'Dinas Perumahan dan Kawasan Permukiman',
  'Dinas Pemberdayaan Masyarakat dan Desa',
  'Dinas Pemberdayaan Perempuan dan Perlindungan Anak',
  'Dinas Kependudukan dan Pencatatan Sipil',
  'Dinas Tenaga Kerja dan Transmigrasi',
  'Dinas Koperasi dan UKM',
  'Dinas Perdagangan',
  'Dinas Perindustrian',
  'Dinas Kebudayaan dan Pariwisata',
  'Dinas Kepemudaan dan Olahraga',
  'Dinas Perpustakaan',
  'Dinas Kearsipan',
  'Dinas Kelautan dan Perikanan',
  'Dinas Pertanian Tanaman Pangan dan Hortikultura',
  'Dinas Perkebunan',
  'Dinas Ketahanan Pangan dan Peternakan',
  'Dinas Kehutanan',
  'Dinas Lingkungan Hidup dan Pertanahan',
  'Dinas Energi dan Sumber Daya Mineral',
  'RS Ernaldi Bahar',
  'RS Khusus Mata Masyarakat',
  'RS Khusus Gigi dan Mulut',
  'Balai Laboratorium Kesehatan',
  'UPTB Samsat Palembang I',
  'UPTB Samsat Palembang II',
  'UPTB Samsat Palembang III',
];
