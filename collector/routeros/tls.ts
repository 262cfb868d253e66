import type { ConnectionOptions } from 'node:tls';

/**
 * How the connection is protected. `verify`: the certificate must be signed and name the host. `no-verify`: any
 * certificate. `anonymous`: the router has none. The last two stop listeners, not someone in between.
 */
export const TLS_MODES = ['off', 'verify', 'no-verify', 'anonymous'] as const;
export type TlsMode = (typeof TLS_MODES)[number];

/** Ports of the services `api` and `api-ssl`. */
export const API_PORT = 8728;
export const API_TLS_PORT = 8729;
export const defaultPort = (tls: TlsMode): number => (tls === 'off' ? API_PORT : API_TLS_PORT);

/** @param ca certificates in PEM that sign routers' ones, beside those that the system trusts by itself */
export function tlsOptions(mode: Exclude<TlsMode, 'off'>, ca: string | null): ConnectionOptions {
  switch (mode) {
    case 'verify':
      return { rejectUnauthorized: true, ...(ca === null ? {} : { ca }) };
    case 'no-verify':
      return { rejectUnauthorized: false };
    case 'anonymous':
      // Without a certificate RouterOS has anonymous Diffie-Hellman alone, which TLS 1.3 lacks and OpenSSL hides.
      return { rejectUnauthorized: false, ciphers: 'ADH:@SECLEVEL=0', maxVersion: 'TLSv1.2' };
  }
}
