import type { Clock } from '../../core/domain/clock.ts';
import type { RegionCode } from '../../core/domain/region.ts';
import type { OpenPortalGateway } from '../../core/stores/inventory/portal/gateways.ts';
import type { Access } from '../access.ts';
import type { FamilyTools, Gateway, GatewayFamily, GatewayRequest } from '../gateway.ts';
import type { MethodTools } from '../method.ts';
import type { Foot } from '../pages/layout.ts';
import { FIELD } from '../pages/login-page.ts';
import { type Language, wordsOf } from '../pages/words.ts';
import type { PortalParts } from '../parts.ts';
import type { PortalRequest } from './answer.ts';
import type { Counts } from './counts.ts';
import type { Directory, PortalPlace } from './directory.ts';
import type { Records } from './records.ts';
import type { Sealed } from './seal.ts';
import type { StatusTokens } from './status-token.ts';
import type { bounces, firsts, lately, pagesUsed } from './tries.ts';

/** What the pages are answered with. */
export type Flow = {
  readonly parts: PortalParts;
  /** Where browsers reach us, without a slash at its end. */
  readonly origin: string;
  readonly clock: Clock;
  readonly directory: Directory;
  readonly sealed: Sealed;
  readonly tokens: StatusTokens;
  readonly pages: ReturnType<typeof pagesUsed>;
  readonly bounces: ReturnType<typeof bounces>;
  readonly counts: Counts;
  readonly records: Records;
  /** Logins that were seen online. */
  readonly firstLooks: ReturnType<typeof firsts>;
  /** Devices that reported a problem at a site within the last hour. */
  readonly reports: ReturnType<typeof lately>;
  readonly methodTools: MethodTools;
  readonly familyTools: FamilyTools;
  /** Ends sessions at their gateway; null until the portal has started. */
  access: Pick<Access, 'ending'> | null;
};

/** Where "data saya" is. */
export const MY_DATA_PATH = '/data-saya';

/** In the address of a status page to which the gateway itself leads. */
export const THROUGH = 't';

export const gatewayPath = (ref: string): string => `/g/${ref}`;
export const statusPath = (token: string): string => `/s/${token}`;

/** Whole address of a status page. */
export function statusUrlOf(
  { origin }: Flow,
  token: string,
  language: Language,
  query: Readonly<Record<string, string>> = {},
) {
  const asked = new URLSearchParams({ ...query, ...(language === 'en' && { [FIELD.language]: 'en' }) }).toString();
  return `${origin}${statusPath(token)}${asked === '' ? '' : `?${asked}`}`;
}

export const asGateway = (gateway: OpenPortalGateway): Gateway => gateway;

export function familyOf({ parts }: Flow, gateway: OpenPortalGateway): GatewayFamily | null {
  return parts.gateways.get(gateway.family) ?? null;
}

export const gatewayRequest = (flow: Flow, request: PortalRequest): GatewayRequest => ({
  method: request.method,
  rawQuery: request.rawQuery,
  query: request.query,
  form: request.form,
  userAgent: request.userAgent,
  origin: flow.origin,
  path: request.path,
});

/** Host of the gateway as browsers reach it, without its port; null where nobody said. */
export function lanHost({ lanAddress }: Pick<OpenPortalGateway, 'lanAddress'>): string | null {
  if (lanAddress === null || !URL.canParse(`http://${lanAddress}`)) return null;
  return new URL(`http://${lanAddress}`).hostname;
}

/** Whether an address leads to this gateway or to ourselves: nobody is ever sent anywhere else. */
export function isSafe(flow: Flow, gateway: OpenPortalGateway, url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, origin } = new URL(url);
  return /^https?:$/.test(protocol) && (origin === flow.origin || hostname === lanHost(gateway));
}

/** Where the browser gets to the gateway's own way to our page. */
export function entryUrl(flow: Flow, gateway: OpenPortalGateway): string | null {
  const family = familyOf(flow, gateway);
  if (family?.entryUrl !== undefined) {
    const url = family.entryUrl(asGateway(gateway));
    return url !== null && isSafe(flow, gateway, url) ? url : null;
  }
  return lanHost(gateway) === null ? null : `http://${gateway.lanAddress}/`;
}

/** *Desa Sukamaju* for a hotspot of a village, else the name of the site. */
export function placeName({ site }: PortalPlace, language: Language): { place: string; siteName: string | null } {
  const t = wordsOf(language);
  const isVillages = site.kind.startsWith('village-') && site.regionName !== '';
  if (!isVillages) return { place: site.name, siteName: null };
  const isWard = isWardCode(site.regionCode);
  return { place: (isWard ? t.ward : t.village)(site.regionName), siteName: site.name };
}

/** The last four digits of a kelurahan begin with 1, those of a desa with 2 (Permendagri 72/2019). */
const isWardCode = (code: RegionCode): boolean => /^\d{2}\.\d{2}\.\d{2}\.1\d{3}$/.test(code);

export function footOf(flow: Flow, place: PortalPlace | null, otherLanguage: string | null): Foot {
  return {
    province: place?.province ?? null,
    helpPhone: flow.parts.config.helpPhone,
    otherLanguage,
    myDataUrl: MY_DATA_PATH,
  };
}
