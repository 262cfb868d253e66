import type { QueryClient } from '@tanstack/react-query';
import type { getMap } from '../../core/contract/coverage.ts';
import type { Device, DeviceDetail } from '../../core/contract/devices.ts';
import type { LiveEvent } from '../../core/contract/live.ts';
import type { Reply } from './endpoint.ts';

type DeviceState = Extract<LiveEvent, { type: 'device-state' }>;
type Page = { readonly items: readonly Device[] };
type MapPoints = Reply<typeof getMap>;

const COUNTED = ['summary', 'coverage', 'map', 'village', 'site', 'sites'] as const;

/** Resources that an event touches beyond what it carries itself: the screen asks for them again. `*` = all. */
export function resourcesOf(event: LiveEvent): readonly string[] {
  switch (event.type) {
    case 'device-state':
      return [...COUNTED, 'device', 'devices', 'states', 'outages'];
    case 'village-state':
      return COUNTED;
    case 'outage-opened':
    case 'outage-closed':
      return [...COUNTED, 'outages'];
    case 'incident-opened':
    case 'incident-changed':
    case 'incident-closed':
      return ['incidents', 'incident'];
    case 'inventory-changed':
    case 'resync':
      return ['*'];
  }
}

const withState = <T extends Device>(device: T, { state, since }: DeviceState): T => ({ ...device, state, since });

function mergeDevice(queryClient: QueryClient, event: DeviceState): void {
  queryClient.setQueryData<DeviceDetail>(['device', event.deviceId], (device) =>
    device === undefined ? undefined : withState(device, event),
  );
  queryClient.setQueriesData<Page>({ queryKey: ['devices'] }, (page) =>
    page?.items.some(({ id }) => id === event.deviceId) === true
      ? { ...page, items: page.items.map((item) => (item.id === event.deviceId ? withState(item, event) : item)) }
      : page,
  );
}

/** Writes what the event itself says into what is already on the screen, before any question is asked. */
export function mergeLiveEvent(queryClient: QueryClient, event: LiveEvent): void {
  if (event.type === 'device-state') mergeDevice(queryClient, event);
  if (event.type === 'village-state') {
    queryClient.setQueriesData<MapPoints>({ queryKey: ['map'] }, (points) =>
      points?.villages.some(({ code }) => code === event.regionCode) === true
        ? {
            ...points,
            villages: points.villages.map((village) =>
              village.code === event.regionCode ? { ...village, state: event.state } : village,
            ),
          }
        : points,
    );
  }
}
