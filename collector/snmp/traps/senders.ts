import { isIP } from 'node:net';
import type { WatchedDevice } from '../../pipeline/watched-device.ts';
import type { Resolve } from '../../resolve.ts';
import type { SnmpSecurity, UsmSecurity } from '../client.ts';
import { securityOf } from '../security-of.ts';

/** What is known of who sent a notification. */
export type SenderMarks = {
  /** The datagram's source. */
  readonly address: string;
  /** Where it began, as it says itself. */
  readonly origin: string | null;
  /** By which community, or as which user in which context it came. */
  readonly mark: { readonly community: string } | { readonly security: UsmSecurity; readonly contextName: string };
};

/** Which devices may have sent something. */
export type Senders = {
  /** @returns empty: nobody that is watched; null: too many to ask them all */
  find(marks: SenderMarks): readonly string[] | null;
  /** Who may sign in under a name, those first that are at the address. */
  named(user: string, address: string): readonly UsmSecurity[];
  /** The devices are others now. */
  renew(): void;
};

/** Several devices can stand behind one address; where none of them can be told apart more are not asked. */
const MAX_FOUND = 8;
const MAX_USERS = 16;

type Known = { readonly device: WatchedDevice; readonly security: SnmpSecurity | null };
type Index = {
  readonly byAddress: Map<string, Known[]>;
  readonly byCommunity: Map<string, Known[]>;
  readonly byUser: Map<string, Known[]>;
};

export function createSenders(devices: () => Iterable<WatchedDevice>, resolve: Resolve): Senders {
  let index: Index | null = null;

  function indexed(): Index {
    if (index !== null) return index;
    const built: Index = { byAddress: new Map(), byCommunity: new Map(), byUser: new Map() };
    index = built;
    const names: Known[] = [];
    for (const device of devices()) {
      const known = { device, security: securityOf(device.credential) };
      if (isIP(device.host) === 0) names.push(known);
      else put(built.byAddress, device.host, known);
      if (known.security === null) continue;
      if (known.security.version === '3') put(built.byUser, known.security.user, known);
      else put(built.byCommunity, known.security.community.reveal(), known);
    }
    void resolveNames(names, built);
    return built;
  }

  /** One after another: names are few, and nobody waits for them. */
  async function resolveNames(names: readonly Known[], built: Index): Promise<void> {
    for (const known of names) {
      if (index !== built) return;
      const address = await resolve(known.device.host).catch(() => null);
      if (address !== null) put(built.byAddress, address, known);
    }
  }

  return {
    find({ address, origin, mark }) {
      const { byAddress, byCommunity, byUser } = indexed();
      const there = (origin === null ? undefined : byAddress.get(origin)) ?? byAddress.get(plain(address)) ?? [];
      const bears = marker(mark);
      const marked = there.filter(bears);
      const found = marked.length > 0 ? marked : there;
      if (found.length > 0) return found.length > MAX_FOUND ? null : found.map(({ device }) => device.id);
      // From behind another address, only what belongs to one device alone tells which it is.
      const named =
        'community' in mark ? byCommunity.get(mark.community) : byUser.get(mark.security.user)?.filter(bears);
      const [only, ...others] = named ?? [];
      return only === undefined || others.length > 0 ? [] : [only.device.id];
    },
    named(user, address) {
      const { byUser } = indexed();
      const known = byUser.get(user) ?? [];
      const near = known.filter(({ device }) => device.host === plain(address));
      const securities = new Set<UsmSecurity>();
      for (const { security } of [...near, ...known]) {
        if (security?.version === '3') securities.add(security);
        if (securities.size >= MAX_USERS) break;
      }
      return [...securities];
    },
    renew() {
      index = null;
    },
  };
}

const marker =
  (mark: SenderMarks['mark']) =>
  ({ security }: Known): boolean => {
    if (security === null) return false;
    if ('community' in mark) return security.version !== '3' && security.community.reveal() === mark.community;
    return security === mark.security && security.context === mark.contextName;
  };

function put<Item>(map: Map<string, Item[]>, key: string, item: Item): void {
  const items = map.get(key);
  if (items === undefined) map.set(key, [item]);
  else items.push(item);
}

/** A socket for both families gives IPv4 addresses as `::ffff:192.0.2.1`. */
const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '');
