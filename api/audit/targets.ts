import { commonRegion } from '../../core/domain/audit.ts';
import { AppError } from '../../core/domain/errors.ts';
import type { RegionCode } from '../../core/domain/region.ts';
import type { Inventory } from '../../core/stores/inventory/inventory.ts';

/** A thing as it is stored, without what is secret. */
export type Stored = Readonly<Record<string, unknown>>;
type Target = {
  readonly kind: string;
  read?(inventory: Inventory, id: string): Promise<object | null>;
  /** Where the thing itself does not say it. */
  regionOf?(inventory: Inventory, thing: Stored): Promise<RegionCode | ''>;
};

/** The region that covers all the sites it stands at: a row names both ends of a link. */
const ofSites =
  (...names: readonly string[]): NonNullable<Target['regionOf']> =>
  async ({ sites }, thing) => {
    const ids = names.map((name) => thing[name]).filter((id) => typeof id === 'string');
    const found = await Promise.all(ids.map((id) => sites.get(id)));
    const codes = found.map((site) => site?.regionCode ?? '');
    return codes.length === 0 ? '' : codes.reduce(commonRegion);
  };

/** What a parameter of an address names. A route that uses one of these is recorded with before and after by itself. */
const BY_PARAMETER: Readonly<Record<string, Target>> = {
  deviceId: { kind: 'device', read: ({ devices }, id) => devices.get(id) },
  siteId: { kind: 'site', read: ({ sites }, id) => sites.get(id) },
  linkId: { kind: 'link', read: ({ links }, id) => links.get(id), regionOf: ofSites('fromSiteId', 'toSiteId') },
  accountId: { kind: 'account', read: ({ accounts }, id) => accounts.get(id) },
  incidentId: { kind: 'incident', read: ({ incidents }, id) => incidents.get(id) },
  recipientId: { kind: 'recipient', read: ({ recipients }, id) => recipients.get(id) },
  policyId: { kind: 'policy', read: ({ noticePolicies }, id) => noticePolicies.get(id) },
  channelId: { kind: 'channel', read: ({ channels }, id) => channels.get(id) },
  credentialId: { kind: 'credential', read: ({ credentials }, id) => credentials.get(id) },
  windowId: { kind: 'maintenance', read: ({ maintenance }, id) => maintenance.get(id) },
  gatewayId: { kind: 'gateway', read: ({ portal }, id) => portal.gateways.get(id) },
  planId: { kind: 'plan', read: ({ portal }, id) => portal.plans.get(id) },
  wallId: { kind: 'wall', read: ({ walls }, id) => walls.get(id) },
};
/** Names that mean something of its own in the portal. */
const OF_PORTAL: Readonly<Record<string, Target>> = {
  siteId: { kind: 'portal-site', read: ({ portal }, id) => portal.sites.get(id) },
  batchId: { kind: 'voucher-batch', read: ({ portal }, id) => portal.vouchers.get(id), regionOf: ofSites('siteId') },
};

/** What stands in every answer without anybody having changed it. */
const VOLATILE = new Set([
  'state',
  'since',
  'stateSince',
  'seenAt',
  'lastSeenAt',
  'liveSessions',
  'health',
  'changedAt',
]);

export type Named = { readonly kind: string; readonly id: string; read(): Promise<Stored | null> };

/** What a call names by the first parameter of its address that names something; null where it names nothing. */
export function targetOf(inventory: Inventory, url: string, params: Readonly<Record<string, string>>): Named | null {
  for (const [name, id] of Object.entries(params)) {
    const target = url.startsWith('/api/v1/portal/') ? (OF_PORTAL[name] ?? BY_PARAMETER[name]) : BY_PARAMETER[name];
    if (target !== undefined) return { kind: target.kind, id, read: async () => await readOf(inventory, target, id) };
    // A token in an address opens something: it is no name.
    if (name.endsWith('Id')) return { kind: kindOf(url), id, read: async () => null };
  }
  return null;
}

async function readOf(inventory: Inventory, target: Target, id: string): Promise<Stored | null> {
  const found = await target.read?.(inventory, id).catch((error: unknown) => {
    if (error instanceof AppError && (error.code === 'not-found' || error.code === 'bad-input')) return null;
    throw error;
  });
  if (found === null || found === undefined) return null;
  const thing = { ...found } as Record<string, unknown>;
  const regionCode = thing['regionCode'] ?? (await target.regionOf?.(inventory, thing)) ?? '';
  return { ...Object.fromEntries(Object.entries(thing).filter(([name]) => !VOLATILE.has(name))), regionCode };
}

/** `/api/v1/portal/voucher-batches` → `voucher-batch`: the last fixed part of an address, as one thing. */
export function kindOf(url: string): string {
  const words = url
    .split('/')
    .filter((part) => part !== '' && !part.startsWith(':') && part !== 'api' && part !== 'v1');
  const last = words.at(-1) ?? '';
  return last
    .replace(/(ss|ch|x)es$/, '$1')
    .replace(/ies$/, 'y')
    .replace(/([^s])s$/, '$1');
}

const NAMES = ['name', 'displayName', 'title', 'code', 'number'] as const;

/** What people call it. */
export function nameOf(thing: Stored | null): string | null {
  for (const name of NAMES) {
    const value = thing?.[name];
    if (typeof value === 'string' || typeof value === 'number') return String(value);
  }
  return null;
}
