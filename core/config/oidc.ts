import { ROLES, type Role } from '../contract/contract.ts';
import { isRegionCode, type RegionCode } from '../domain/region.ts';
import { Secret } from './secret.ts';

/** What a value of a claim makes of an account that is seen for the first time. */
export type ClaimGrant = { readonly value: string; readonly role: Role; readonly regionCode: RegionCode | '' };

/** Signing in at an identity provider (OpenID Connect). */
export type OidcConfig = {
  readonly issuer: string;
  readonly clientId: string;
  /** Null for a public client, which proves itself by PKCE alone. */
  readonly clientSecret: Secret | null;
  /** What the button says: *Masuk dengan …*. */
  readonly name: string;
  readonly scope: string;
  /** Where the provider sends browsers back to. */
  readonly redirectUri: string;
  /** A claim that makes accounts, with what each value of it grants; null: accounts are only made by hand. */
  readonly claim: { readonly name: string; readonly grants: readonly ClaimGrant[] } | null;
};

type Environment = Readonly<Record<string, string | undefined>>;
type Fail = (name: string, takes: string) => never;

/** Of an account that is made by a claim: an agency's needs a site, which no claim names. */
const CLAIM_ROLES: readonly string[] = ROLES.filter((role) => role !== 'agency');

/** `SIMPUL_OIDC_*`; null without an issuer. */
export function readOidc(env: Environment, publicUrl: string | null, fail: Fail): OidcConfig | null {
  const text = (name: string): string => env[`SIMPUL_OIDC_${name}`]?.trim() ?? '';
  const issuer = text('ISSUER');
  if (issuer === '') return null;
  if (!isIssuer(issuer)) fail('SIMPUL_OIDC_ISSUER', "the provider's address, which begins with https://");
  if (text('CLIENT_ID') === '') fail('SIMPUL_OIDC_CLIENT_ID', 'the name that the provider knows Simpul by');
  if (publicUrl === null)
    fail('SIMPUL_OIDC_ISSUER', 'a SIMPUL_PUBLIC_URL beside it, where the provider sends people back');
  const secret = text('CLIENT_SECRET');
  return {
    issuer,
    clientId: text('CLIENT_ID'),
    clientSecret: secret === '' ? null : new Secret(secret),
    name: text('NAME') || new URL(issuer).hostname,
    scope: text('SCOPE') || 'openid email profile',
    redirectUri: `${publicUrl}/api/v1/session/oidc/callback`,
    claim: text('CLAIM') === '' ? null : { name: text('CLAIM'), grants: grants(text('CLAIM_GRANTS'), fail) },
  };
}

/** Without TLS only on the machine itself. */
function isIssuer(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, search, hash } = new URL(text);
  const isLocal = hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]';
  return (
    (protocol === 'https:' || (protocol === 'http:' && isLocal)) && username === '' && search === '' && hash === ''
  );
}

/** `noc=engineer; kominfo-muaraenim=officer:16.03` */
function grants(text: string, fail: Fail): readonly ClaimGrant[] {
  const found = text
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => /^(?<value>.+)=(?<role>[a-z]+)(?::(?<region>[\d.]+))?$/.exec(part)?.groups ?? {});
  const isRight = found.every(
    ({ role = '', region = '' }) => CLAIM_ROLES.includes(role) && (region === '' || isRegionCode(region)),
  );
  if (found.length === 0 || !isRight)
    fail('SIMPUL_OIDC_CLAIM_GRANTS', 'VALUE=ROLE or VALUE=ROLE:REGION, by semicolons, e.g. noc=engineer:16');
  return found.map(({ value = '', role = '', region = '' }) => ({ value, role: role as Role, regionCode: region }));
}
