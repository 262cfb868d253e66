import type { Secret } from '../../core/config/secret.ts';
import type { TlsMode } from './tls.ts';

/** A router and how to sign in to it. */
export type RouterOsTarget = {
  readonly address: string;
  readonly port: number;
  /** As its certificate names it. */
  readonly host: string;
  readonly user: string;
  readonly password: Secret;
  readonly tls: TlsMode;
  /** PEM of who signs the routers' certificates; null = those that the system trusts. */
  readonly ca: string | null;
};

export const isSameTarget = (a: RouterOsTarget, b: RouterOsTarget): boolean =>
  a.address === b.address &&
  a.port === b.port &&
  a.host === b.host &&
  a.user === b.user &&
  a.tls === b.tls &&
  a.ca === b.ca &&
  a.password.reveal() === b.password.reveal();
