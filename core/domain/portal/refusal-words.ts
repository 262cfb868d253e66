import type { Refusal } from './grant.ts';

/**
 * What a gateway's own page shows of a refusal (RADIUS Reply-Message, at most 253 octets): Indonesian, one short
 * sentence. `{time}` is the opening time.
 */
export const REFUSAL_WORDS: Readonly<Record<Refusal, string>> = {
  closed: 'Wi-Fi buka lagi pukul {time}.',
  'day-time-used': 'Waktu hari ini sudah habis. Silakan kembali besok.',
  'month-time-used': 'Waktu bulan ini sudah habis.',
  'day-data-used': 'Kuota data hari ini sudah habis. Silakan kembali besok.',
  'month-data-used': 'Kuota data bulan ini sudah habis.',
  'too-many-devices': 'Sudah terlalu banyak perangkat yang memakai akses ini.',
  'wrong-code': 'Kode tidak benar.',
  'voucher-expired': 'Masa berlaku voucher sudah habis.',
  'voucher-void': 'Voucher ini tidak berlaku lagi.',
  'voucher-elsewhere': 'Voucher ini berlaku di tempat lain.',
  'wrong-password': 'Nama atau kata sandi tidak benar.',
  pause: 'Terlalu banyak percobaan. Silakan coba lagi nanti.',
  budget: 'Kode belum dapat dikirim. Silakan coba lagi nanti.',
  'stale-page': 'Silakan buka halaman masuk sekali lagi.',
  'not-offered': 'Cara masuk ini tidak tersedia di sini.',
  'portal-off': 'Wi-Fi di tempat ini sedang tidak dibuka.',
};

/** `22.00`, as times are written in Indonesia. @param minute since midnight */
const clockText = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}.${String(minute % 60).padStart(2, '0')}`;

export const refusalMessage = (refusal: Refusal, opensAt?: number): string =>
  REFUSAL_WORDS[refusal].replace('{time}', clockText(opensAt ?? 0));
