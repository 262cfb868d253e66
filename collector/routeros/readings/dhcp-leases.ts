import { type ReadingGroup, reading } from '../group.ts';
import { table } from '../menu.ts';

const SERVERS = table('/ip/dhcp-server', ['name', 'disabled']);
const LEASES = '/ip/dhcp-server/lease';
/** Each server costs a question. */
const MAX_SERVERS = 8;

/** Leases in use, a server at a time; the router counts them. */
export const group: ReadingGroup = {
  pace: 'poll',
  async read(ask) {
    const servers = ((await ask.rows(SERVERS)) ?? []).filter((row) => row.flag('disabled') !== true);
    const names = servers.slice(0, MAX_SERVERS).map((row) => row.text('name'));
    const counts = await Promise.all(names.map((name) => ask.count(LEASES, '?status=bound', `?server=${name}`)));
    return names.flatMap((name, at) =>
      reading('sensor', 'count', `dhcp.${name}`, counts[at] ?? null, `DHCP ${name}: leases`),
    );
  },
};
