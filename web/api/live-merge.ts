import type { QueryClient } from '@tanstack/react-query';
import type { getMap } from '../../core/contract/coverage.ts';
import type { Device, DeviceDetail } from '../../core/contract/devices.ts';
import type { LiveEvent } from '../../core/contract/live.ts';
import type { VillageState } from '../../core/domain/state.ts';
import type { Reply } from './endpoint.ts';

type DeviceState = Extract<LiveEvent, { type: 'device-state' }>;
type Page = { readonly items: readonly Device[] };
type MapPoints = Reply<typeof getMap>;

const COUNTED = ['now', 'summary', 'coverage', 'map', 'village', 'villages', 'site', 'sites'] as const;

/** Resources that an event touches beyond what it carries itself: the screen asks for them again. `*` = all. */
export function resourcesOf(event: LiveEvent): readonly string[] {
  switch (event.type) {
    case 'device-state':
      return [...COUNTED, 'device', 'devices', 'states', 'outages', 'links'];
    case 'village-state':
      return COUNTED;
    case 'outage-opened':
    case 'outage-closed':
      return [...COUNTED, 'outages'];
    case 'incident-opened':
    case 'incident-changed':
    case 'incident-closed':
      return ['now', 'incidents', 'incident'];
    case 'inventory-changed':
    case 'resync':
      return ['*'];
  }
}

const withState = <T extends Device>(device: T, { state, since }: DeviceState): T => ({ ...device, state, since });

function mergeDevices(queryClient: QueryClient, latest: ReadonlyMap<string, DeviceState>): void {
  for (const [deviceId, event] of latest) {
    queryClient.setQueryData<DeviceDetail>(['device', deviceId], (device) =>
      device === undefined ? undefined : withState(device, event),
    );
  }
  queryClient.setQueriesData<Page>({ queryKey: ['devices'] }, (page) =>
    page?.items.some(({ id }) => latest.has(id)) === true
      ? { ...page, items: page.items.map((item) => merged(item, latest.get(item.id))) }
      : page,
  );
}

const merged = (device: Device, event: DeviceState | undefined): Device =>
  event === undefined ? device : withState(device, event);

function mergeVillages(queryClient: QueryClient, latest: ReadonlyMap<string, VillageState>): void {
  queryClient.setQueriesData<MapPoints>({ queryKey: ['map'] }, (points) =>
    points?.villages.some(({ code }) => latest.has(code)) === true
      ? {
          ...points,
          villages: points.villages.map((village) => {
            const state = latest.get(village.code);
            return state === undefined ? village : { ...village, state };
          }),
        }
      : points,
  );
}

/**
 * Writes what events themselves say into what is already on the screen, before any question is asked. Of several about
 * one thing the last counts, and each list is walked once.
 */
export function mergeLiveEvents(queryClient: QueryClient, events: readonly LiveEvent[]): void {
  const devices = new Map<string, DeviceState>();
  const villages = new Map<string, VillageState>();
  for (const event of events) {
    if (event.type === 'device-state') devices.set(event.deviceId, event);
    if (event.type === 'village-state') villages.set(event.regionCode, event.state);
  }
  if (devices.size > 0) mergeDevices(queryClient, devices);
  if (villages.size > 0) mergeVillages(queryClient, villages);
}
