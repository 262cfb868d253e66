import { type ReadingGroup, reading } from '../group.ts';
import { table } from '../menu.ts';

const HOSTS = table('/tool/netwatch', ['.id', 'host', 'comment', 'disabled', 'status', 'rtt-avg', 'loss-percent']);
/** As ifOperStatus numbers them. Unknown stands until the first check is over. */
const STATES: Readonly<Record<string, number>> = { up: 1, down: 2, unknown: 4 };
const MAX_HOSTS = 64;

/** What the router sees of others: a second view, from the village. */
export const group: ReadingGroup = {
  pace: 'poll',
  async read(ask) {
    const hosts = ((await ask.rows(HOSTS)) ?? []).filter((row) => row.flag('disabled') !== true);
    return hosts.slice(0, MAX_HOSTS).flatMap((row) => {
      const index = `netwatch.${row.text('.id').slice(1) || row.text('host')}`;
      const label = `Netwatch ${row.text('comment') || row.text('host')}`;
      return [
        ...reading('sensor', 'state', index, STATES[row.text('status')] ?? null, label),
        ...reading('sensor', 'delay', index, row.duration('rtt-avg'), label),
        ...reading('sensor', 'loss', index, row.number('loss-percent'), label),
      ];
    });
  },
};
