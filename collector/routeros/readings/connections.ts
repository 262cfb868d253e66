import { type ReadingGroup, reading } from '../group.ts';
import { table } from '../menu.ts';

const TRACKING = table('/ip/firewall/connection/tracking', ['total-entries', 'max-entries']);
const CONNECTIONS = '/ip/firewall/connection';

/** Tracked connections, against the most that the router can keep. */
export const group: ReadingGroup = {
  pace: 'poll',
  async read(ask) {
    const [tracking] = (await ask.rows(TRACKING)) ?? [];
    const total = tracking?.number('total-entries') ?? (await ask.count(CONNECTIONS));
    const most = tracking?.number('max-entries') ?? null;
    const percent = total === null || most === null || most <= 0 ? null : Math.round((10_000 * total) / most) / 100;
    return [
      ...reading('sensor', 'count', 'connections', total, 'Tracked connections'),
      ...reading('sensor', 'percent', 'connections', percent, 'Tracked connections, of the most it can keep'),
    ];
  },
};
