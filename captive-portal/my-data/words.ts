import type { Language } from '../pages/words.ts';

/** Texts of "data saya"; Indonesian is the form that English fills. */
const id = {
  locale: 'id-ID' as string,
  title: 'Data saya' as string,
  intro: 'Lihat data Wi-Fi yang tersimpan atas nomor HP Anda, tarik persetujuan, atau minta data dihapus.' as string,
  introCode: 'Untuk memastikan nomor itu milik Anda, kami mengirim kode 6 angka.' as string,
  noChannel: 'Kode belum dapat dikirim di sini. Hubungi petugas untuk melihat atau menghapus data Anda.' as string,
  show: 'Lihat data saya' as string,
  startAgain: 'Mulai lagi' as string,
  stale: 'Halaman tadi sudah terlalu lama terbuka. Silakan mulai lagi.' as string,
  nothing: 'Tidak ada data yang tersimpan atas nomor ini.' as string,
  whatIsKept:
    'Nomor HP dan alamat perangkat Anda hanya tersimpan sebagai sandi. Yang tersimpan atas nomor ini tertulis di bawah.' as string,
  sessions: 'Pemakaian Wi-Fi' as string,
  noSessions: 'Tidak ada catatan pemakaian.' as string,
  moreSessions: (shown: number, total: number): string => `${shown} terbaru dari ${total}.`,
  online: 'masih tersambung' as string,
  consents: 'Persetujuan' as string,
  noConsents: 'Tidak ada catatan persetujuan.' as string,
  /** Before the number by which staff print the proof. */
  proof: 'Nomor bukti' as string,
  consent: (version: number, place: string): string => `Ketentuan versi ${version}, ${place}`,
  withNews: 'dengan kabar' as string,
  withdrawn: (day: string): string => `ditarik ${day}`,
  inForce: 'berlaku' as string,
  text: 'Baca ketentuan yang terakhir Anda setujui' as string,
  requests: 'Permintaan Anda' as string,
  kinds: { access: 'Melihat data', withdraw: 'Menarik persetujuan', erase: 'Menghapus data' },
  doneOn: (day: string): string => `selesai ${day}`,
  dueBy: (day: string): string => `paling lambat ${day}`,
  news: 'Berhenti menerima kabar' as string,
  withdraw: 'Tarik persetujuan layanan' as string,
  withdrawText:
    'Perangkat Anda tidak masuk lagi dengan sendirinya. Sambungan berikutnya meminta persetujuan baru.' as string,
  withdrawYes: 'Ya, tarik persetujuan' as string,
  erase: 'Hapus semua data saya' as string,
  eraseText:
    'Catatan pemakaian, persetujuan, dan jatah atas nomor ini dihapus paling lama dalam 3 x 24 jam. Yang sudah dihapus tidak dapat dikembalikan.' as string,
  eraseYes: 'Ya, hapus data saya' as string,
  done: {
    news: 'Kabar dari pemerintah daerah tidak dikirim lagi.',
    withdraw: 'Persetujuan Anda sudah ditarik.',
    erase: (day: string): string => `Permintaan tercatat. Data Anda dihapus paling lambat ${day}.`,
  },
  hours: (hours: number, minutes: number): string =>
    hours === 0 ? `${minutes} menit` : `${hours} jam ${minutes} menit`,
  megabytes: (text: string): string => `${text} MB`,
};
export type MyDataWords = typeof id;

const en: MyDataWords = {
  locale: 'en-GB',
  title: 'My data',
  intro: 'See the Wi-Fi data kept under your mobile number, withdraw your consent, or ask for erasure.',
  introCode: 'To be sure that the number is yours, we send a code of 6 digits to it.',
  noChannel: 'Codes cannot be sent here yet. Ask the staff to see or erase your data.',
  show: 'Show my data',
  startAgain: 'Start again',
  stale: 'That page was open for too long. Please start again.',
  nothing: 'Nothing is kept under this number.',
  whatIsKept: 'Your number and the address of your device are kept in a coded form only. What is kept is shown below.',
  sessions: 'Use of the Wi-Fi',
  noSessions: 'No use is recorded.',
  moreSessions: (shown, total) => `The newest ${shown} of ${total}.`,
  online: 'still online',
  consents: 'Consent',
  noConsents: 'No consent is recorded.',
  proof: 'Proof number',
  consent: (version, place) => `Terms version ${version}, ${place}`,
  withNews: 'with news',
  withdrawn: (day) => `withdrawn ${day}`,
  inForce: 'in force',
  text: 'Read the terms that you agreed to last',
  requests: 'Your requests',
  kinds: { access: 'See the data', withdraw: 'Withdraw consent', erase: 'Erase the data' },
  doneOn: (day) => `done ${day}`,
  dueBy: (day) => `at the latest ${day}`,
  news: 'Stop receiving news',
  withdraw: 'Withdraw the consent to the service',
  withdrawText: 'Your device does not enter by itself any more. The next connection asks for a new consent.',
  withdrawYes: 'Yes, withdraw',
  erase: 'Erase all my data',
  eraseText:
    'Records of use, consents and limits under this number are removed within 3 x 24 hours. What was removed cannot be brought back.',
  eraseYes: 'Yes, erase my data',
  done: {
    news: 'News of the local government is not sent any more.',
    withdraw: 'Your consent is withdrawn.',
    erase: (day) => `Your request is recorded. Your data is removed by ${day} at the latest.`,
  },
  hours: (hours, minutes) => (hours === 0 ? `${minutes} min` : `${hours} h ${minutes} min`),
  megabytes: (text) => `${text} MB`,
};

const WORDS: Readonly<Record<Language, MyDataWords>> = { id, en };
export const myDataWords = (language: Language): MyDataWords => WORDS[language];
