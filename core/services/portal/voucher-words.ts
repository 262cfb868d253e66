import { DAY, HOUR, MINUTE } from '../../domain/clock.ts';
import type { Zone } from '../../domain/zone.ts';

/** Texts of printed vouchers and of their table; Indonesian is the form that English fills. */
const id = {
  locale: 'id-ID' as string,
  wifi: (place: string): string => `Wi-Fi Gratis ${place}`,
  code: 'Kode' as string,
  serial: 'No.' as string,
  place: 'Tempat' as string,
  batch: 'Kelompok' as string,
  plan: 'Paket' as string,
  validFor: 'Lama berlaku' as string,
  validUntil: 'Berlaku sampai' as string,
  fromFirstUse: (time: string): string => `Berlaku ${time} sejak pertama dipakai`,
  until: (day: string): string => `Paling lambat ${day}`,
  untilOnly: (day: string): string => `Berlaku sampai ${day}`,
  step: 'Sambungkan HP ke Wi-Fi, lalu ketik kode ini di halaman masuk.' as string,
  days: (n: number): string => `${n} hari`,
  hours: (n: number): string => `${n} jam`,
  minutes: (n: number): string => `${n} menit`,
  sheet: (count: number): string => `${count} voucher. Kodenya hanya tampil sekali ini: cetak atau simpan sekarang.`,
  qr: 'Kode QR voucher' as string,
};
export type VoucherWords = typeof id;

const en: VoucherWords = {
  locale: 'en-GB',
  wifi: (place) => `Free Wi-Fi ${place}`,
  code: 'Code',
  serial: 'No.',
  place: 'Place',
  batch: 'Batch',
  plan: 'Plan',
  validFor: 'Valid for',
  validUntil: 'Valid until',
  fromFirstUse: (time) => `Valid for ${time} from first use`,
  until: (day) => `At the latest ${day}`,
  untilOnly: (day) => `Valid until ${day}`,
  step: 'Connect your phone to the Wi-Fi and type this code on the login page.',
  days: (n) => (n === 1 ? '1 day' : `${n} days`),
  hours: (n) => (n === 1 ? '1 hour' : `${n} hours`),
  minutes: (n) => (n === 1 ? '1 minute' : `${n} minutes`),
  sheet: (count) => `${count} vouchers. Their codes are shown this once: print or save them now.`,
  qr: 'QR code of the voucher',
};

export const VOUCHER_WORDS: Readonly<Record<'id' | 'en', VoucherWords>> = { id, en };

/** In the largest unit that leaves nothing over. @param seconds s */
export function lastingText(seconds: number, words: VoucherWords): string {
  const ms = seconds * 1_000;
  if (ms % DAY === 0) return words.days(ms / DAY);
  return ms % HOUR === 0 ? words.hours(ms / HOUR) : words.minutes(Math.round(ms / MINUTE));
}

/** `31 Desember 2026`. */
export const dayText = (at: number, words: VoucherWords, { timeZone }: Zone): string =>
  new Intl.DateTimeFormat(words.locale, { day: 'numeric', month: 'long', year: 'numeric', timeZone }).format(at);
