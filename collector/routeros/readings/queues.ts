import { type ReadingGroup, reading } from '../group.ts';
import { table } from '../menu.ts';

const QUEUES = table('/queue/simple', ['name', 'rate', 'max-limit', 'disabled']);
/** Queues of single sessions come and go; those that somebody made are few. */
const MADE_BY_HAND = '?dynamic=false';
const MAX_QUEUES = 64;

/** How full simple queues are: rate against limit. `bytes` and its like are `upload/download`. */
export const group: ReadingGroup = {
  pace: 'poll',
  async read(ask) {
    const queues = ((await ask.rows(QUEUES, MADE_BY_HAND)) ?? []).filter((row) => row.flag('disabled') !== true);
    return queues.slice(0, MAX_QUEUES).flatMap((row) => {
      const name = row.text('name');
      const rate = row.pair('rate');
      const limit = row.pair('max-limit');
      const percent = (at: 0 | 1): number | null =>
        rate === null || limit === null || limit[at] <= 0 ? null : Math.round((10_000 * rate[at]) / limit[at]) / 100;
      return [
        ...reading('sensor', 'bitrate', `queue.${name}.up`, rate?.[0] ?? null, `Queue ${name}: up`),
        ...reading('sensor', 'bitrate', `queue.${name}.down`, rate?.[1] ?? null, `Queue ${name}: down`),
        ...reading('sensor', 'percent', `queue.${name}.up`, percent(0), `Queue ${name}: up, of its limit`),
        ...reading('sensor', 'percent', `queue.${name}.down`, percent(1), `Queue ${name}: down, of its limit`),
      ];
    });
  },
};
