import { DEFAULT_COLLECTOR_CONFIG } from '../../../collector/config.ts';
import { DAY } from '../../../core/domain/clock.ts';
import type { StatusMemory } from '../../../core/domain/next-state.ts';
import type { Log } from '../../../core/log/log.ts';
import type { Inventory } from '../../../core/stores/inventory/inventory.ts';
import { outages } from '../../../core/stores/inventory/outages.ts';
import { settings } from '../../../core/stores/inventory/settings.ts';
import { statuses } from '../../../core/stores/inventory/statuses.ts';
import type { SeriesStore } from '../../../core/stores/series/series-store.ts';
import type { Fault } from '../faults/fault.ts';
import { pastFaults } from '../faults/script.ts';
import type { DeviceLife } from '../model/traffic.ts';
import type { LabNetwork } from '../network-builder.ts';
import { laySeries } from './lay-series.ts';
import { type DevicePast, devicePast, type Span } from './past.ts';

/** Says that what lies between two moments is the lab's invention, and how much of it is laid down. */
export const HISTORY_SETTING = 'lab.history';
const HISTORY_DAYS = 30;

type Note = Span & { readonly seed: number; readonly laid: readonly ('states' | 'series')[] };

export type History = {
  readonly span: Span;
  readonly faults: readonly Fault[];
  /** Whether this start is the one that lays it down. */
  readonly isNew: boolean;
  /** Since when each device runs at the end of it, by device code. */
  readonly lives: ReadonlyMap<string, DeviceLife>;
  /** Outages and changes of state of the month: some hundred rows, needed before the collector starts. */
  layStates(deviceIds: ReadonlyMap<string, string>): Promise<void>;
  /** The series of the month: seconds' work, in small lots. Resolves with whether there was anything to do. */
  laySeries(
    series: SeriesStore,
    deviceIds: ReadonlyMap<string, string>,
    options?: { readonly signal?: AbortSignal; readonly log?: Log },
  ): Promise<boolean>;
};

/**
 * The month before the lab first started, told the same at every later start. What lies between two runs is left as it
 * was: nobody looked.
 */
export async function openHistory(inventory: Inventory, network: LabNetwork): Promise<History> {
  const known = readNote(await inventory.settings.get(HISTORY_SETTING), network.seed);
  const now = inventory.clock();
  const note: Note = known ?? { from: startOf(now), to: now, seed: network.seed, laid: [] };
  const span: Span = { from: note.from, to: note.to };
  const faults = pastFaults(network, note.from, note.to);
  const pasts = network.devices.map((device) => devicePast(device, faults, span));
  let laid = note.laid;

  return {
    span,
    faults,
    isNew: known === null,
    lives: new Map(
      pasts.flatMap(({ device, lives }) => {
        const last = lives.at(-1);
        return last === undefined ? [] : [[device.code, last] as const];
      }),
    ),
    async layStates(deviceIds) {
      if (laid.includes('states')) return;
      await inventory.sql.transaction(async (sql) => {
        const known = withIds(pasts, deviceIds);
        await statuses(sql).layDown(
          known.flatMap(({ deviceId, changes }) => changes.map((change) => ({ deviceId, ...change }))),
        );
        await outages(sql).layDown(
          known.flatMap(({ deviceId, silences }) =>
            silences.map(({ from, to, detectedAt }) => {
              return { deviceId, startedAt: from, detectedAt, endedAt: to, reason: 'timeout' };
            }),
          ),
        );
        await layStatuses(sql, known, note.to);
        laid = [...laid, 'states'];
        await settings(sql).set(HISTORY_SETTING, { ...note, laid });
      });
      // Somebody was looking until the month ended: else the collector would take all of it for blindness.
      const { name } = DEFAULT_COLLECTOR_CONFIG;
      if ((await inventory.heartbeats.get(name)) === null) {
        await inventory.heartbeats.beat({ collector: name, startedAt: note.from, beatAt: note.to });
      }
    },
    async laySeries(series, deviceIds, { signal, log } = {}) {
      if (laid.includes('series')) return false;
      const startedAt = performance.now();
      await laySeries(series, withIds(pasts, deviceIds), span, { signal });
      laid = [...laid, 'series'];
      await inventory.settings.set(HISTORY_SETTING, { ...note, laid });
      log?.info(
        { seconds: Math.round(performance.now() - startedAt) / 1_000 },
        "the lab's month of history is laid down",
      );
      return true;
    },
  };
}

/** The month begins with a whole day (UTC), so that every stored day of it is whole. */
const startOf = (now: number): number => now - (now % DAY) - HISTORY_DAYS * DAY;

const withIds = (
  pasts: readonly DevicePast[],
  deviceIds: ReadonlyMap<string, string>,
): (DevicePast & { readonly deviceId: string })[] =>
  pasts.flatMap((past) => {
    const deviceId = deviceIds.get(past.device.code);
    return deviceId === undefined ? [] : [{ ...past, deviceId }];
  });

/** Every device was up when the month ended; what the collector has seen since counts more. */
async function layStatuses(
  sql: Inventory['sql'],
  pasts: readonly (DevicePast & { readonly deviceId: string })[],
  at: number,
): Promise<void> {
  const memory: StatusMemory = {
    failures: 0,
    silentSince: null,
    answers: 0,
    answeringSince: null,
    observedAt: at,
    inOutage: false,
    isParentsOutage: false,
    lossPercent: null,
    roundTripMs: null,
  };
  const rows = pasts.map(({ deviceId, changes }) => ({
    deviceId,
    since: new Date(changes.at(-1)?.at ?? at).toISOString(),
  }));
  await sql.run(
    `INSERT INTO device_status (device_id, state, since, last_seen_at, memory, updated_at)
     SELECT "deviceId", 'up', since, $2, $3, $2
     FROM jsonb_to_recordset($1::jsonb) AS s("deviceId" uuid, since timestamptz)
     ON CONFLICT DO NOTHING`,
    [JSON.stringify(rows), new Date(at), JSON.stringify(memory)],
  );
}

/** Null where there is none, or it is of another province. */
function readNote(value: unknown, seed: number): Note | null {
  if (typeof value !== 'object' || value === null) return null;
  const note = value as Partial<Record<keyof Note, unknown>>;
  if (typeof note.from !== 'number' || typeof note.to !== 'number' || note.seed !== seed) return null;
  const laid = (['states', 'series'] as const).filter((part) => Array.isArray(note.laid) && note.laid.includes(part));
  return { from: note.from, to: note.to, seed, laid };
}
