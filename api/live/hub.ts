import { randomBytes } from 'node:crypto';
import type { Bus, BusEvent } from '../../core/bus/bus.ts';
import type { LiveEvent } from '../../core/contract/live.ts';
import type { Clock } from '../../core/domain/clock.ts';
import { type Grant, grantCovers, isAgencyGrant } from '../../core/domain/grant.ts';
import { covers, type RegionCode } from '../../core/domain/region.ts';

export type HubOptions = {
  /** Events kept for those who come back. */
  readonly kept?: number;
  readonly clients?: number;
  readonly clientsPerAccount?: number;
  /** Whether an incident takes down something that a grant covers; without it none is told beyond its own region. */
  readonly touches?: (incidentId: string, grant: Grant) => Promise<boolean>;
};

/** Where a client's bytes go. */
export type Line = {
  /** @returns false when the line is too far behind to be kept */
  write(text: string): boolean;
  end(): void;
};

export type Client = {
  readonly accountId: string;
  /** Only events of what this covers. */
  readonly grant: Grant;
  /** Where that stands; of a region itself. */
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
  const { kept = 5_000, clients: most = 1_000, clientsPerAccount = 200, touches = async () => false } = options;
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

  /** Asked once for each grant; a store that is away tells nobody, and the next event of the incident asks again. */
  function sendWhereTouched(asking: readonly Client[], incidentId: string, text: string): void {
    const answers = new Map<string, Promise<boolean>>();
    for (const client of asking) {
      const key = JSON.stringify(client.grant);
      const answer = answers.get(key) ?? touches(incidentId, client.grant).catch(() => false);
      answers.set(key, answer);
      void answer.then((isTouched) => {
        if (isTouched && clients.has(client)) send(client, text);
      });
    }
  }

  const unsubscribe = bus.subscribe((event) => {
    number += 1;
    const entry = { number, event, frame: frame(mark(number), event) };
    ring.push(entry);
    if (ring.length > kept) ring.shift();
    const asking: Client[] = [];
    for (const client of [...clients]) {
      const answer = concerns(event, client);
      if (answer === 'ask') asking.push(client);
      else if (answer) send(client, entry.frame);
    }
    if (asking.length > 0 && 'incidentId' in event) sendWhereTouched(asking, event.incidentId, entry.frame);
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
      const since =
        lastEventId === undefined
          ? []
          : (missed(lastEventId)?.map((entry) => ({ entry, answer: concerns(entry.event, client) })) ?? null);
      // The mark alone, so that one who comes back before anything happened loses nothing.
      send(client, `retry: 2000\nid: ${mark(number)}\n\n`);
      // What would have to be asked for is not worked out for the past.
      if (since === null || since.some(({ answer }) => answer === 'ask'))
        send(client, frame(mark(number), { type: 'resync', at: clock() }));
      else {
        const frames = since.flatMap(({ entry, answer }) => (answer ? [entry.frame] : []));
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

/**
 * Whether a client hears of an event. A change of the inventory of a larger region, or of all, concerns everybody inside
 * it. So may an incident of a larger region: `ask` where only what it takes down can tell. What processes tell each
 * other is for no client.
 */
function concerns(event: BusEvent, { grant, region }: Pick<Client, 'grant' | 'region'>): boolean | 'ask' {
  switch (event.type) {
    case 'device-state':
    case 'outage-opened':
    case 'outage-closed':
      return grantCovers(grant, event);
    case 'village-state':
      return grantCovers(grant, { regionCode: event.regionCode, siteId: null });
    case 'inventory-changed':
      return covers(event.regionCode, region) || (!isAgencyGrant(grant) && covers(grant, event.regionCode));
    case 'incident-opened':
    case 'incident-changed':
    case 'incident-closed':
      if (!isAgencyGrant(grant) && covers(grant, event.regionCode)) return true;
      return covers(event.regionCode, region) ? 'ask' : false;
    case 'portal-end-asked':
      return false;
  }
}
