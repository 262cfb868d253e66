import type { Refusal } from '../../../core/domain/portal/grant.ts';

type Detail = { readonly opensAt?: number | undefined; readonly retryAfterMs?: number | undefined };

const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}.${String(minute % 60).padStart(2, '0')}`;
const minutes = (ms: number): string => `${Math.max(1, Math.ceil(ms / 60_000))} menit`;

const refusals: Readonly<Record<Refusal, string | ((detail: Detail) => string)>> = {
  closed: ({ opensAt }) =>
    opensAt === undefined
      ? 'Wi-Fi di sini sedang tutup. Silakan datang lagi pada jam buka.'
      : `Wi-Fi di sini sedang tutup. Buka lagi pukul ${clock(opensAt)}.`,
  'day-time-used': 'Jatah waktu hari ini sudah habis. Silakan masuk lagi besok.',
  'month-time-used': 'Jatah waktu bulan ini sudah habis. Silakan masuk lagi bulan depan.',
  'day-data-used': 'Jatah data hari ini sudah habis. Silakan masuk lagi besok.',
  'month-data-used': 'Jatah data bulan ini sudah habis. Silakan masuk lagi bulan depan.',
  'too-many-devices': 'Sudah terlalu banyak perangkat yang tersambung. Keluarkan dulu salah satunya.',
  'wrong-code': 'Kode tidak cocok. Periksa angkanya, lalu coba lagi.',
  'voucher-expired': 'Masa berlaku voucher ini sudah habis. Minta voucher baru kepada petugas.',
  'voucher-void': 'Voucher ini sudah dibatalkan. Minta voucher baru kepada petugas.',
  'voucher-elsewhere': 'Voucher ini berlaku di tempat lain. Minta voucher untuk tempat ini kepada petugas.',
  'wrong-password': 'Nama atau kata sandi tidak cocok. Periksa, lalu coba lagi.',
  pause: ({ retryAfterMs }) =>
    retryAfterMs === undefined
      ? 'Terlalu sering dicoba. Tunggu sebentar, lalu coba lagi.'
      : `Terlalu sering dicoba. Tunggu ${minutes(retryAfterMs)}, lalu coba lagi.`,
  budget: 'Kode tidak dapat dikirim hari ini. Gunakan cara masuk yang lain, atau hubungi petugas.',
  'stale-page': 'Halaman ini sudah lama terbuka. Tekan tombolnya sekali lagi.',
  'not-offered': 'Cara masuk ini tidak tersedia di sini. Pilih cara yang lain.',
  'portal-off': 'Halaman masuk di tempat ini sedang dimatikan. Silakan coba lagi nanti, atau hubungi petugas.',
};

/** Texts of the citizens' pages in Indonesian: the form that English fills. Plain words, no jargon, no blame. */
export const id = {
  locale: 'id-ID',
  otherLanguage: 'English',
  freeWifi: (place: string): string => `Wi-Fi Gratis ${place}`,
  village: (name: string): string => `Desa ${name}`,
  ward: (name: string): string => `Kelurahan ${name}`,
  terms: 'Dengan masuk, Anda menyetujui ketentuan ini:',
  allTerms: 'Baca ketentuan selengkapnya',
  otherWay: (title: string): string => `Masuk dengan ${title}`,
  news: 'Saya juga mau menerima kabar dari pemerintah daerah (boleh tidak)',
  survey: (question: string): string => `${question} (boleh tidak dijawab)`,
  openUntil: (minute: number): string => `Buka sampai pukul ${clock(minute)}.`,
  familyDns: (name: string): string => `Saluran ini memakai penyaring keluarga: ${name}.`,
  provider: (province: string): string => `Diselenggarakan oleh Pemerintah Provinsi ${province}`,
  help: 'Bantuan:',
  myData: 'Data saya',
  refusals,
  gatewayRefused: 'Percobaan terakhir belum berhasil. Silakan tekan tombolnya sekali lagi.',
  gatewayUnanswered:
    'Gerbang Wi-Fi tadi tidak mendapat jawaban dari server. Tunggu sebentar, lalu tekan tombolnya sekali lagi.',

  status: {
    online: 'Anda sudah tersambung',
    waiting: 'Sedang disambungkan',
    waitingText: 'Biarkan halaman ini terbuka. Gerbang Wi-Fi membuka sambungan dalam beberapa detik.',
    slow: 'Gerbang Wi-Fi belum membuka sambungan. Sambungkan ulang Wi-Fi di HP Anda, lalu masuk sekali lagi.',
    over: 'Sambungan sudah berakhir',
    overText: 'Buka lagi halaman masuk untuk tersambung.',
    leftTitle: 'Anda sudah keluar',
    leftAtReentry:
      'Gerbang di sini tidak dapat diputus dari jauh: sambungan berakhir paling lambat saat waktunya habis.',
    since: 'Tersambung sejak',
    timeLeft: 'Sisa waktu',
    dataLeft: 'Sisa data',
    dataUsed: 'Data terpakai',
    closes: 'Tutup pukul',
    noLimit: 'tanpa batas',
    usable: 'Silakan memakai internet. Halaman ini boleh ditutup.',
    refresh: 'Perbarui',
    logOut: 'Keluar dari Wi-Fi',
    enterAgain: 'Masuk lagi',
    line: {
      up: 'Saluran internet di sini normal.',
      degraded: 'Saluran internet di sini sedang terganggu. Sambungan bisa lambat.',
      down: 'Saluran internet di sini sedang putus. Petugas sudah diberi tahu.',
      unknown: 'Keadaan saluran internet di sini sedang tidak diketahui.',
    },
    lineSince: (moment: string): string => `Sejak ${moment}.`,
    report: 'Laporkan masalah',
    reportAsk: 'Apa yang terjadi?',
    reports: {
      slow: 'Internet lambat',
      dead: 'Tersambung, tetapi internet tidak jalan',
      drops: 'Sering terputus',
      other: 'Masalah lain',
    },
    sendReport: 'Kirim laporan',
    reported: 'Terima kasih, laporan Anda sudah diterima petugas.',
  },
  ago: (hours: number, mins: number): string =>
    hours === 0 ? `${mins} menit` : mins === 0 ? `${hours} jam` : `${hours} jam ${mins} menit`,

  staleTitle: 'Halaman ini sudah lama terbuka',
  stale: 'Buka lagi halaman masuk dari jaringan Wi-Fi di sini, lalu tekan tombolnya.',
  staleAgain: 'Halaman tadi sudah dipakai atau sudah terlalu lama terbuka. Silakan tekan tombolnya sekali lagi.',
  openAgain: 'Buka halaman masuk',
  noArrival: {
    title: 'Belum ada perangkat yang dikenali',
    text: 'Halaman ini dibuka oleh gerbang Wi-Fi. Sambungkan HP ke Wi-Fi di tempat ini, lalu tekan tombol di bawah.',
    noButton: 'Sambungkan HP ke Wi-Fi di tempat ini, lalu buka alamat apa saja yang dimulai dengan http://',
  },
  loop: {
    title: 'Gerbang Wi-Fi belum membuka sambungan',
    text: 'Anda sudah masuk beberapa kali, tetapi gerbang di tempat ini tetap mengembalikan Anda ke sini. Ini bukan kesalahan Anda.',
    todo: 'Matikan Wi-Fi di HP, hidupkan lagi, lalu coba sekali lagi. Bila tetap begini, beri tahu petugas di tempat ini.',
    again: 'Coba sekali lagi',
  },
  off: { title: 'Halaman masuk sedang dimatikan' },
  closedTitle: 'Wi-Fi sedang tutup',
  gatewayAway: {
    title: 'Gerbang Wi-Fi tidak menjawab',
    text: 'Persetujuan Anda sudah tercatat, tetapi gerbang di tempat ini tidak menjawab. Tunggu satu menit, lalu coba lagi.',
  },
  busy: {
    title: 'Sedang tidak dapat melayani',
    text: 'Catatan kami sedang tidak dapat dijangkau. Tidak ada yang hilang. Tunggu satu menit, lalu coba lagi.',
  },
  notFound: {
    title: 'Halaman tidak ada',
    text: 'Alamat ini tidak dikenal. Untuk masuk, sambungkan HP ke Wi-Fi gratis lalu buka halaman masuknya.',
  },
  badRequest: {
    title: 'Isian tidak dapat dibaca',
    text: 'Kiriman dari halaman tadi tidak lengkap. Buka lagi halaman masuk, lalu coba sekali lagi.',
  },
  landing: {
    title: 'Wi-Fi Gratis',
    text: 'Ini halaman masuk Wi-Fi gratis milik pemerintah daerah.',
    steps: [
      'Sambungkan HP ke Wi-Fi gratis di tempat Anda.',
      'Halaman masuk terbuka sendiri. Bila tidak, buka alamat apa saja yang diawali http://',
      'Baca ketentuannya, lalu tekan tombol masuk.',
    ],
  },
};
