import { randomBytes } from 'node:crypto';
import type { Bus, BusEvent } from '../../core/bus/bus.ts';
import type { LiveEvent } from '../../core/contract/live.ts';
import type { Clock } from '../../core/domain/clock.ts';
import { covers, type RegionCode } from '../../core/domain/region.ts';

export type HubOptions = {
  /** Events kept for those who come back. */
  readonly kept?: number;
  readonly clients?: number;
  readonly clientsPerAccount?: number;
};

/** Where a client's bytes go. */
export type Line = {
  /** @returns false when the line is too far behind to be kept */
  write(text: string): boolean;
  end(): void;
};

export type Client = {
  readonly accountId: string;
  /** Only events that concern this region; empty = all. */
  readonly region: RegionCode | '';
  readonly line: Line;
  /** Whether the session still holds as it did at the start. */
  readonly isAllowed: () => Promise<boolean>;
};

export type LiveHub = {
  /**
   * Sends what came after the mark, then what happens.
   * @returns a function that ends it; null where there are too many already
   */
  join(client: Client, lastEventId: string | undefined): (() => void) | null;
  /** A comment to everyone, so that lines are not taken for dead. */
  beat(): void;
  /** Ends the lines of those whose session is over. */
  recheck(): Promise<void>;
  clients(): number;
  /** Clients that were dropped because they read too slowly. */
  dropped(): number;
  close(): void;
};

type Kept = { readonly number: number; readonly event: BusEvent; readonly frame: string };

/** Live events of the bus, numbered, kept for a while, and handed to clients by region. */
export function liveHub(bus: Bus, clock: Clock, options: HubOptions = {}): LiveHub {
  const { kept = 5_000, clients: most = 1_000, clientsPerAccount = 200 } = options;
  const boot = randomBytes(6).toString('hex');
  const ring: Kept[] = [];
  const clients = new Set<Client>();
  let number = 0;
  let dropped = 0;

  const mark = (of: number): string => `${boot}-${of}`;

  function send(client: Client, text: string): void {
    if (client.line.write(text)) return;
    dropped += 1;
    clients.delete(client);
    client.line.end();
  }

  const unsubscribe = bus.subscribe((event) => {
    number += 1;
    const entry = { number, event, frame: frame(mark(number), event) };
    ring.push(entry);
    if (ring.length > kept) ring.shift();
    for (const client of [...clients]) if (concerns(event, client.region)) send(client, entry.frame);
  });

  /** What came after the mark; null where that is not known any more. */
  function missed(lastEventId: string): readonly Kept[] | null {
    const [of, text = ''] = lastEventId.split('-');
    const last = Number(text);
    const isOurs = of === boot && /^\d{1,15}$/.test(text) && last <= number;
    const oldest = ring[0]?.number ?? number + 1;
    if (!isOurs || last < oldest - 1) return null;
    return ring.slice(last - oldest + 1);
  }

  return {
    join(client, lastEventId) {
      const own = [...clients].filter(({ accountId }) => accountId === client.accountId).length;
      if (clients.size >= most || own >= clientsPerAccount) return null;
      clients.add(client);
      const since = lastEventId === undefined ? [] : missed(lastEventId);
      // The mark alone, so that one who comes back before anything happened loses nothing.
      send(client, `retry: 2000\nid: ${mark(number)}\n\n`);
      if (since === null) send(client, frame(mark(number), { type: 'resync', at: clock() }));
      else {
        const frames = since.filter(({ event }) => concerns(event, client.region)).map((entry) => entry.frame);
        if (frames.length > 0) send(client, frames.join(''));
      }
      return () => {
        clients.delete(client);
      };
    },
    beat() {
      for (const client of [...clients]) send(client, ': still here\n\n');
    },
    async recheck() {
      for (const client of [...clients]) {
        if (await client.isAllowed()) continue;
        clients.delete(client);
        client.line.end();
      }
    },
    clients: () => clients.size,
    dropped: () => dropped,
    close() {
      unsubscribe();
      for (const client of clients) client.line.end();
      clients.clear();
    },
  };
}

const frame = (id: string, event: BusEvent | LiveEvent): string =>
  `id: ${id}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;

/** A change of the inventory of a larger region, or of all, concerns everybody inside it, and so does an incident. */
function concerns(event: BusEvent, region: RegionCode | ''): boolean {
  if (covers(region, event.regionCode)) return true;
  const reachesDown = event.type === 'inventory-changed' || event.type.startsWith('incident-');
  return reachesDown && covers(event.regionCode, region);
}
