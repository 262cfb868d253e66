import { createHmac, timingSafeEqual } from 'node:crypto';

const TOKEN = /^([a-z2-7]{26})([\w-]{16})$/;
const MAC_BYTES = 12;

/**
 * Addresses of status pages. A login's id passes gateways in the clear, as a RADIUS user name; without the key nobody
 * makes an address of it.
 */
export function statusTokens(signing: Buffer) {
  const mac = (loginId: string): Buffer =>
    createHmac('sha256', signing).update(`status ${loginId}`).digest().subarray(0, MAC_BYTES);
  return {
    tokenOf: (loginId: string): string => `${loginId}${mac(loginId).toString('base64url')}`,
    /** @returns the login's id; null for what is no token of ours */
    read(token: string): string | null {
      const [, loginId, given] = TOKEN.exec(token) ?? [];
      if (loginId === undefined || given === undefined) return null;
      return timingSafeEqual(Buffer.from(given, 'base64url'), mac(loginId)) ? loginId : null;
    },
  };
}
export type StatusTokens = ReturnType<typeof statusTokens>;
