import type { CollectorView } from '../api/parts.ts';
import type { Collector } from '../collector/main.ts';

/** What the API is shown of the collector beside it. */
export function collectorView(collector: Collector): CollectorView {
  return {
    stats() {
      const { devices, reach, poll, polls, badReadings, byProbe, listeners } = collector.stats();
      return {
        devices: Object.values(devices).reduce((sum, count) => sum + count, 0),
        inFlight: reach.inFlight + poll.inFlight,
        lagMsP95: Math.max(reach.lagMs.p95, poll.lagMs.p95),
        overruns: reach.overruns + poll.overruns,
        polls: polls.polls,
        identifications: polls.identifications,
        failures: definite(polls.failures),
        samples: polls.samples,
        byProbe: { ...byProbe },
        listeners: Object.fromEntries(Object.entries(listeners).map(([id, counts]) => [id, { ...counts }])),
        badReadings: definite(badReadings),
      };
    },
    pollNow: (deviceId) => collector.pollNow(deviceId),
    isFirstRoundDone: () => collector.stats().firstRoundDone,
    isBlind: () => !collector.stats().sight.canSee,
  };
}

/** Only what was counted. */
const definite = (counts: Readonly<Partial<Record<string, number>>>): Record<string, number> =>
  Object.fromEntries(Object.entries(counts).flatMap(([key, count]) => (count === undefined ? [] : [[key, count]])));
