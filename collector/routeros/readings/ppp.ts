import { type ReadingGroup, reading } from '../group.ts';

const ACTIVE = '/ppp/active';
const PPPOE_SERVERS = '/interface/pppoe-server/server';

/** Sessions of PPPoE, L2TP and the like that end here. */
export const group: ReadingGroup = {
  pace: 'poll',
  async read(ask) {
    const sessions = await ask.count(ACTIVE);
    if (sessions === null || (sessions === 0 && ((await ask.count(PPPOE_SERVERS)) ?? 0) === 0)) return [];
    return reading('sensor', 'count', 'ppp', sessions, 'PPP sessions');
  },
};
