import type { Language } from './pages/words.ts';

/** Texts of the ways in; Indonesian is the form that English fills. */
const id = {
  agree: 'Setuju dan masuk' as string,
  voucher: {
    label: 'Kode voucher' as string,
    hint: '10 angka, tertera pada voucher' as string,
    mistyped: 'Angka kodenya ada yang keliru. Samakan lagi dengan voucher Anda.' as string,
  },
  phone: {
    number: 'Nomor HP' as string,
    numberHint: 'Contoh: 0812 3456 7890' as string,
    noMobile: 'Ini bukan nomor HP Indonesia. Tulis seperti 0812 3456 7890.' as string,
    send: 'Kirim kode' as string,
    code: 'Kode 6 angka' as string,
    codeHint: 'Berlaku 10 menit.' as string,
    sent: 'Jika nomornya benar, kode sedang dikirim. Pesan bisa tiba dalam satu menit.' as string,
    again: 'Kode belum tiba? Tunggu satu menit, lalu kirim lagi.' as string,
    sendAgain: 'Kirim kode lagi' as string,
    text: (code: string): string =>
      `Kode masuk Wi-Fi gratis: ${code}. Berlaku 10 menit. Jangan berikan kepada siapa pun.`,
    ownText: (code: string): string =>
      `Kode untuk melihat data Wi-Fi Anda: ${code}. Berlaku 10 menit. Jangan berikan kepada siapa pun.`,
  },
  /** Where the QR code of a voucher leads. */
  link: {
    steps: [
      'Sambungkan HP ke Wi-Fi gratis di tempat Anda.',
      'Halaman masuk terbuka sendiri.',
      'Pilih masuk dengan voucher, lalu ketik kode di atas.',
    ] as readonly string[],
  },
  account: {
    name: 'Nama akun' as string,
    password: 'Kata sandi' as string,
  },
};
export type MethodWords = typeof id;

const en: MethodWords = {
  agree: 'Agree and enter',
  voucher: {
    label: 'Voucher code',
    hint: '10 digits, printed on the voucher',
    mistyped: 'A digit of the code is not right. Compare it with your voucher.',
  },
  phone: {
    number: 'Mobile number',
    numberHint: 'Example: 0812 3456 7890',
    noMobile: 'This is no Indonesian mobile number. Write it like 0812 3456 7890.',
    send: 'Send a code',
    code: 'Code of 6 digits',
    codeHint: 'Valid for 10 minutes.',
    sent: 'If the number is right, a code is on its way. It can take a minute.',
    again: 'No code yet? Wait a minute, then send it again.',
    sendAgain: 'Send the code again',
    text: (code) => `Code for the free Wi-Fi: ${code}. Valid for 10 minutes. Do not give it to anybody.`,
    ownText: (code) => `Code to see your Wi-Fi data: ${code}. Valid for 10 minutes. Do not give it to anybody.`,
  },
  link: {
    steps: [
      'Connect your phone to the free Wi-Fi at your place.',
      'The login page opens by itself.',
      'Choose to enter with a voucher and type the code above.',
    ],
  },
  account: {
    name: 'Account name',
    password: 'Password',
  },
};

const WORDS: Readonly<Record<Language, MethodWords>> = { id, en };
export const methodWords = (language: Language): MethodWords => WORDS[language];
