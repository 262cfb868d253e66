import type { Static, TObject } from 'typebox';
import type { Secret } from '../core/config/secret.ts';
import type { Clock } from '../core/domain/clock.ts';
import type { Grant } from '../core/domain/portal/grant.ts';
import type { PortalKind } from '../core/domain/portal/kinds.ts';
import { loadFolder } from '../core/load-folder.ts';

/** A gateway as its family works with it; secrets of its settings are opened. */
export type Gateway<Settings = Readonly<Record<string, unknown>>> = {
  readonly id: string;
  /** In the address of its login page. */
  readonly ref: string;
  readonly siteId: string;
  readonly name: string;
  readonly family: string;
  readonly settings: Settings;
  /** Host or host:port that browsers reach it at: the only place a browser is ever sent back to. */
  readonly lanAddress: string | null;
  readonly nasIdentifier: string | null;
};

/** A request at a gateway's login address, bounded by the server before it comes here. */
export type GatewayRequest = {
  readonly method: 'GET' | 'POST';
  /** As the client sent it, without the question mark: signatures are over these very characters. */
  readonly rawQuery: string;
  readonly query: URLSearchParams;
  /** Of a POST in form encoding; empty otherwise. */
  readonly form: URLSearchParams;
  readonly userAgent: string;
  /** Where this page was asked, without a slash at its end, e.g. `https://portal.example`. */
  readonly origin: string;
  readonly path: string;
};

/** A citizen's browser that a gateway sent here. */
export type Arrival = {
  /** Lower case with colons; null where the gateway does not say. A claim of the browser unless `signed`. */
  readonly clientMac: string | null;
  readonly clientIp: string | null;
  /** Where the person wanted to go. Shown as text at most: nobody is ever sent there. */
  readonly originUrl: string | null;
  readonly signed: boolean;
  /** What the family needs to open the gateway for this arrival; carried signed through the form. Small: under 600 characters. */
  readonly opaque: Readonly<Record<string, string>>;
  /** The gateway refused the last try, in its own words. */
  readonly refusal: string | null;
  /** The gateway says that this client is in already. */
  readonly isOnline: boolean;
};

/** The way in that was earned. */
export type OneTimeLogin = { readonly id: string; readonly password: string; readonly grant: Grant };

/** How the gateway is opened. */
export type Release =
  /** 303 to this address, made from `lanAddress`, never from the query. */
  | { readonly kind: 'redirect'; readonly url: string }
  /** The gateway itself comes for it within so many seconds (openNDS level 3). */
  | { readonly kind: 'awaited'; readonly withinSeconds: number }
  /** It is open already (UniFi). */
  | { readonly kind: 'open' };

/** An attribute by its dictionary name; integers as number, octet counts beyond 32 bits already split. */
export type ReplyAttribute = { readonly name: string; readonly value: string | number };

/** What became of asking a gateway to end a session. */
export type EndAnswer = 'ended' | 'gone' | 'refused' | 'no-answer' | 'at-reentry';

export type LiveClient = {
  readonly loginId: string | null;
  readonly userName: string;
  readonly mac: string | null;
  readonly ip: string | null;
};

export type FamilyTools = {
  readonly clock: Clock;
  /** Key of what this family signs for its gateways. */
  readonly signing: Buffer;
  /** Grants that wait until their gateway comes for them, by gateway id. */
  readonly awaited: AwaitedGrants;
  readonly signal: AbortSignal;
  /** A gateway that reports use by itself, not by RADIUS. */
  readonly account: (report: UseReport) => Promise<void>;
  /** What families keep between calls while the process lives (a controller's cookie); one for all calls, lost at its end. */
  readonly kept: Map<string, unknown>;
};

/**
 * Grants of gateways that ask for them (openNDS authmon), and of sessions that a controller is asked about (UniFi); kept
 * in the store until they are taken, so that a restart loses none.
 */
export type AwaitedGrants = {
  put(gatewayId: string, key: string, grant: Grant, loginId: string): Promise<void>;
  list(
    gatewayId: string,
    most: number,
  ): Promise<readonly { readonly key: string; readonly grant: Grant; readonly loginId: string }[]>;
  taken(gatewayId: string, keys: readonly string[]): Promise<void>;
  /** Those put before a moment. @param before UTC ms */
  clear(gatewayId: string, before: number): Promise<void>;
};

/** Use of a session as a gateway without RADIUS tells it. */
export type UseReport = {
  readonly gatewayId: string;
  readonly loginId: string;
  /** Null where the gateway does not tell it: the login knows its device. */
  readonly mac: string | null;
  readonly ip: string | null;
  readonly status: 'start' | 'interim' | 'stop';
  readonly seconds: number;
  readonly upOctets: bigint;
  readonly downOctets: bigint;
  readonly cause: string | null;
};

/** What a gateway is answered that asks for itself, or a browser that only passes through on its way to it. */
export type GatewayAnswer = {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  /** With 303: made from `lanAddress`, never from the query. */
  readonly location?: string;
};

/** A family of gateways: one file of `captive-portal/gateways`, whose name is the id. */
export type GatewayFamily = PortalKind & {
  /** Reads what the gateway put into the address. Null: this is no arrival (a landing without parameters, nonsense). */
  arrive(gateway: Gateway, request: GatewayRequest, tools: FamilyTools): Promise<Arrival | null>;
  /** Opens the gateway, or says how the browser does. @throws AppError `store-unavailable` where a controller does not answer */
  release(
    gateway: Gateway,
    arrival: Arrival,
    login: OneTimeLogin,
    next: { readonly statusUrl: string },
    tools: FamilyTools,
  ): Promise<Release>;
  /** The grant in the attributes that this family honours; absent where it speaks no RADIUS. */
  reply?(grant: Grant): readonly ReplyAttribute[];
  /** Requests of the gateway itself at its login address; null = it is a browser's. */
  serve?(gateway: Gateway, request: GatewayRequest, tools: FamilyTools): Promise<GatewayAnswer | null>;
  /** Ends one client by other means than RADIUS Disconnect. */
  end?(gateway: Gateway, client: LiveClient, tools: FamilyTools): Promise<EndAnswer>;
  /** Asks a controller for the use of its clients; absent where RADIUS or the gateway tells it. */
  poll?(gateway: Gateway, tools: FamilyTools): Promise<readonly UseReport[]>;
  /** Where a log-out sends the browser; null: only we can end it. */
  logoutUrl?(gateway: Gateway): string | null;
  /** Takes a browser at an address that the maker fixed (UniFi's `/guest/s/SITE/`); asked of each gateway of the family. */
  claims?(gateway: Gateway, request: GatewayRequest): boolean;
  /** Where a browser without an arrival is sent to the gateway to get one, from `lanAddress`; `http://lanAddress/` if absent. */
  entryUrl?(gateway: Gateway): string | null;
};

type Opened<Settings, SecretName> = {
  readonly [Name in keyof Settings]: Name extends SecretName ? Secret : Settings[Name];
};

type Typed<Call, Settings> = Call extends (gateway: Gateway, ...rest: infer Rest) => infer Result
  ? (gateway: Gateway<Settings>, ...rest: Rest) => Result
  : never;

type Definition<S extends TObject, Secrets extends readonly (keyof Static<S> & string)[]> = Omit<
  GatewayFamily,
  'settings' | 'secrets' | 'arrive' | 'release' | 'serve' | 'end' | 'poll' | 'logoutUrl'
> & { readonly settings: S; readonly secrets: Secrets } & {
  readonly [Call in 'arrive' | 'release']: Typed<GatewayFamily[Call], Opened<Static<S>, Secrets[number]>>;
} & {
  readonly [Call in 'serve' | 'end' | 'poll' | 'logoutUrl' | 'claims' | 'entryUrl']?: Typed<
    NonNullable<GatewayFamily[Call]>,
    Opened<Static<S>, Secrets[number]>
  >;
};

/** Gives a family its settings with the types that its schema says; the store has checked them. */
export function defineGateway<S extends TObject, const Secrets extends readonly (keyof Static<S> & string)[]>(
  definition: Definition<S, Secrets>,
): GatewayFamily {
  return definition as unknown as GatewayFamily;
}

export type GatewayFamilies = ReadonlyMap<string, GatewayFamily>;

export const loadGateways = (): Promise<GatewayFamilies> =>
  loadFolder(new URL('./gateways/', import.meta.url), (module, id) => {
    const family = module['gateway'];
    if (typeof family !== 'object' || family === null || !('arrive' in family))
      throw new TypeError(`captive-portal/gateways/${id} exports no gateway`);
    return family as GatewayFamily;
  });
