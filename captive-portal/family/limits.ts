/** A count of octets as RADIUS attributes of 32 bits carry it, with its gigawords (RFC 2869, 5.1 and 5.2). */
export function inGigawords(octets: number): { readonly low: number; readonly high: number } {
  const whole = Math.max(0, Math.floor(octets));
  return { low: whole % 2 ** 32, high: Math.min(Math.floor(whole / 2 ** 32), 2 ** 32 - 1) };
}

/** Seconds as an attribute holds them: never 0, which gateways take for no limit. */
export const wholeSeconds = (seconds: number): number => Math.max(1, Math.min(Math.floor(seconds), 2 ** 32 - 1));

/** A limit in a larger unit, never more than was granted, but not 0 either, which would lift it. */
export const wholeUnits = (amount: number, unit: number): number => Math.max(1, Math.floor(amount / unit));
