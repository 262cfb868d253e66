import { type Clock, MINUTE, SECOND } from '../../../core/domain/clock.ts';
import type { Log } from '../../../core/log/log.ts';
import type { Lab } from '../lab.ts';
import { clientsOf, minuteLoad } from '../model/load.ts';
import { noise, randomStream, seedOf } from '../model/noise.ts';
import { visit } from './browser.ts';
import { type Hotspot, startHotspot } from './hotspot.ts';
import { addressOf, type PublicHotspot } from './public-hotspots.ts';
import type { RadiusServer } from './radius-peer.ts';

export type Citizens = { stop(): Promise<void> };

export type CitizensOptions = {
  readonly hotspots: readonly PublicHotspot[];
  /** By code of the device: what its login page is called, and the secret it shares with RADIUS. */
  readonly gateways: ReadonlyMap<string, { readonly ref: string; readonly secret: string }>;
  readonly portalUrl: string;
  readonly radius: RadiusServer;
  /** A hotspot whose agent is silent lets nobody in. */
  readonly lab: Pick<Lab, 'isSilent'>;
  /** Where its login page listens, the same at all addresses. */
  readonly port: number;
  readonly clock: Clock;
  readonly log: Log;
};

const TICK_MS = 10 * SECOND;
/** People come one after another, even when many are missing. */
const MOST_ARRIVALS = 6;
/** Telephones that a place knows: the same ones come again. */
const TELEPHONES_PER_BUSY_CLIENT = 6;
const MEAN_STAY_MS = 25 * MINUTE;

type Place = { readonly device: PublicHotspot; readonly ref: string; readonly hotspot: Hotspot; isDark: boolean };

/**
 * People of the lab who use the villages' public Wi-Fi all day, as many as the model of load has at that minute: each
 * opens the login page, agrees, stays a while, and leaves.
 */
export async function startCitizens(options: CitizensOptions): Promise<Citizens> {
  const { hotspots, gateways, portalUrl, radius, lab, port, clock, log } = options;
  const places: Place[] = [];
  const random = randomStream(seedOf('citizens', clock()));
  for (const [index, device] of hotspots.entries()) {
    const gateway = gateways.get(device.code);
    if (gateway === undefined) continue;
    const hotspot = await startHotspot({
      address: addressOf(index),
      port,
      name: device.code,
      secret: gateway.secret,
      radius,
      clock,
      traffic: (mac) => trafficOf(device, mac),
    });
    places.push({ device, ref: gateway.ref, hotspot, isDark: false });
  }

  let isStopped = false;
  let last: Promise<void> = Promise.resolve();
  let first = 0;

  /** Who stays no longer than so many minutes leaves; where people are missing, some arrive. */
  async function tickOf({ device, ref, hotspot }: Place, room: number): Promise<number> {
    await hotspot.tick();
    for (const { mac } of [...hotspot.clients.values()])
      if (random() < TICK_MS / MEAN_STAY_MS) await hotspot.leave(mac, random() < 0.7 ? 'Lost-Carrier' : 'User-Request');
    const wanted = clientsOf(device.load, minuteLoad(device.load, clock()));
    if (room === 0 || hotspot.clients.size >= wanted) return 0;
    const telephone = Math.floor(random() * device.load.busyClients * TELEPHONES_PER_BUSY_CLIENT);
    const visitor = visitorOf(device, telephone);
    if (hotspot.clients.has(visitor.mac)) return 0;
    await visit({ url: portalUrl, ref, lanAddress: hotspot.lanAddress }, visitor, random() < 0.94);
    return 1;
  }

  async function tick(): Promise<void> {
    let room = MOST_ARRIVALS;
    // Begins with another place each time, so that none waits for ever.
    first = (first + 7) % Math.max(1, places.length);
    for (const place of [...places.slice(first), ...places.slice(0, first)]) {
      if (isStopped) return;
      const isDark = lab.isSilent(place.device.code);
      if (isDark && !place.isDark) place.hotspot.fall();
      place.isDark = isDark;
      if (!isDark) room -= await tickOf(place, room);
    }
  }

  const timer = setInterval(() => {
    last = last
      .then(tick)
      .catch((error: unknown) => log.debug({ reason: String(error) }, 'a citizen of the lab gave up'));
  }, TICK_MS);
  return {
    async stop() {
      isStopped = true;
      clearInterval(timer);
      await last;
      await Promise.all(places.map(({ hotspot }) => hotspot.close()));
    },
  };
}

/** The same telephone each time, with an address of the kind that telephones make up for a network. */
function visitorOf({ code }: PublicHotspot, telephone: number) {
  const octets = Array.from({ length: 5 }, (_, at) => Math.floor(noise(seedOf(code, telephone), at) * 256));
  const mac = ['d2', ...octets.map((octet) => octet.toString(16).padStart(2, '0'))].join(':');
  return { mac, ip: `10.5.50.${2 + (telephone % 250)}` };
}

/** Bytes per second of somebody who reads, or looks at pictures that move. */
function trafficOf({ code }: PublicHotspot, mac: string) {
  const appetite = noise(seedOf(code, mac), 0);
  const down = 2_000 + 90_000 * appetite ** 4;
  return { down, up: down * 0.12 };
}
