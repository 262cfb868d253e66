import type { Oid } from '../snmp/value.ts';

/** Names and versions of radios (IEEE802dot11-MIB, dot11ResourceInfoTable), a row an interface. */
export const DOT11_PRODUCT_NAME: Oid = '1.2.840.10036.3.1.2.1.3';
export const DOT11_PRODUCT_VERSION: Oid = '1.2.840.10036.3.1.2.1.4';

/**
 * Centre of a channel in MHz (IEEE 802.11-2020, annex E); null for what is no channel.
 * @param band in GHz; channel numbers of 6 GHz are those of the other bands again
 */
export function channelMegahertz(channel: number, band?: 2.4 | 5 | 6): number | null {
  if (!Number.isInteger(channel) || channel < 1 || channel > 233) return null;
  if (band === 6) return 5950 + 5 * channel;
  if (channel === 14) return 2484;
  if (channel < 14) return 2407 + 5 * channel;
  // Channels of the 4.9 GHz band are counted down from 5 GHz.
  if (channel >= 182 && channel <= 196) return 4000 + 5 * channel;
  return channel >= 32 && channel <= 177 ? 5000 + 5 * channel : null;
}
