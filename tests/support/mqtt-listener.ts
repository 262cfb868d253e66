import { createHearing, type Hearing } from '../../collector/hearing.ts';
import type { ListenerSettings, ListenerTools, Told } from '../../collector/listener.ts';
import type { WatchedDevice } from '../../collector/pipeline/watched-device.ts';
import { Secret } from '../../core/config/secret.ts';
import { silentLog } from '../../core/log/log.ts';
import { realTimers } from '../../core/timers.ts';
import { watchedDevice } from './probe-tools.ts';

export type Event =
  | { readonly type: 'told'; readonly deviceId: string; readonly told: Told }
  | { readonly type: 'online' | 'gone'; readonly deviceId: string; readonly at: number };

/** A collector as a listener sees it: what it was told is written down in order. */
export type HeardCollector = ListenerTools & {
  readonly hearing: Hearing;
  readonly events: readonly Event[];
  setDevices(devices: readonly WatchedDevice[]): void;
  /** The first event that fits, of the past or still to come. */
  until(fits: (event: Event) => boolean): Promise<Event>;
  /** Latest value of a reading of a device; waits for it. */
  value(deviceId: string, metric: string, instance?: string): Promise<number>;
};

export function heardCollector(
  mqtt: ListenerSettings['mqtt'],
  first: readonly WatchedDevice[],
  parts: Partial<ListenerTools> = {},
): HeardCollector {
  const events: Event[] = [];
  const hearing = createHearing();
  const waiting = new Set<() => void>();
  const followers = new Set<() => void>();
  let devices = first;
  const note = (event: Event): void => {
    events.push(event);
    for (const look of [...waiting]) look();
  };
  const until: HeardCollector['until'] = (fits) =>
    new Promise((done) => {
      const look = (): void => {
        const found = events.find(fits);
        if (found === undefined) return;
        waiting.delete(look);
        done(found);
      };
      waiting.add(look);
      look();
    });
  return {
    clock: Date.now,
    timers: realTimers,
    log: silentLog,
    settings: { mqtt, snmpTrap: null },
    devices: () => devices,
    onDevicesChanged(run) {
      followers.add(run);
      return () => void followers.delete(run);
    },
    tell(deviceId, told) {
      hearing.note(deviceId, { at: told.at, isGone: false });
      note({ type: 'told', deviceId, told });
    },
    online(deviceId, at) {
      hearing.note(deviceId, { at, isGone: false });
      note({ type: 'online', deviceId, at });
    },
    gone(deviceId, at) {
      hearing.note(deviceId, { at, isGone: true });
      note({ type: 'gone', deviceId, at });
    },
    hearsSince: hearing.hearsSince,
    pollSoon() {},
    ...parts,
    hearing,
    events,
    setDevices(changed) {
      devices = changed;
      for (const run of followers) run();
    },
    until,
    async value(deviceId, metric, instance = '') {
      const read = (event: Event): number | undefined =>
        event.type === 'told' && event.deviceId === deviceId
          ? event.told.readings.findLast((reading) => reading.metric === metric && reading.instance === instance)?.value
          : undefined;
      const event = await until((candidate) => read(candidate) !== undefined);
      return read(events.findLast((candidate) => read(candidate) !== undefined) ?? event) ?? Number.NaN;
    },
  };
}

/** A device that publishes in a format; `password` makes a credential of its own of its id and that. */
export const speakingDevice = (
  id: string,
  format: string,
  topic: string,
  password: string | null = null,
): WatchedDevice =>
  watchedDevice({
    id,
    kind: 'power-box',
    reachability: 'mqtt',
    settings: { format, topic },
    credential:
      password === null
        ? null
        : {
            id: `credential-${id}`,
            name: id,
            kind: 'mqtt',
            settings: { username: id, password: new Secret(password) },
          },
  });

/** Settings of our own broker on a free port of loopback. */
export const OWN_BROKER: NonNullable<ListenerSettings['mqtt']> = { url: null, bind: '127.0.0.1', port: 0, tls: null };
