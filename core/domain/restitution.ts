import { PERCENT_PARTS } from './availability.ts';

/** Below this availability, this share of the fee comes back. */
export type RestitutionStep = { readonly belowPercent: number; readonly restitutionPercent: number };

/** Percentages compare as whole ten-thousandths, so that no sum of floats decides about money. */
export const percentParts = (percent: number): number => Math.round(percent * PERCENT_PARTS);

/** The greatest share of all steps that the availability lies below; 0 where it lies below none. */
export const restitutionPercent = (availabilityParts: number, steps: readonly RestitutionStep[]): number =>
  steps.reduce(
    (most, step) =>
      availabilityParts < percentParts(step.belowPercent) ? Math.max(most, step.restitutionPercent) : most,
    0,
  );

/** `amount · numerator / denominator` in whole rupiah, half a rupiah upwards. None may be negative. */
export function shareOfRupiah(amount: number, numerator: number, denominator: number): number {
  const [part, whole] = [BigInt(numerator), BigInt(denominator)];
  return Number((2n * BigInt(amount) * part + whole) / (2n * whole));
}

/** Fee of a month of which only some days are under contract, by calendar days. */
export const feeOfDays = (monthlyFeeRupiah: number, days: number, daysOfMonth: number): number =>
  shareOfRupiah(monthlyFeeRupiah, days, daysOfMonth);

export const restitutionRupiah = (feeRupiah: number, percent: number): number =>
  shareOfRupiah(feeRupiah, percentParts(percent), 100 * PERCENT_PARTS);
