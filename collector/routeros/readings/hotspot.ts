import { type ReadingGroup, reading, tally } from '../group.ts';
import { table } from '../menu.ts';

const SERVERS = table('/ip/hotspot', ['name', 'disabled', 'invalid']);
const HOSTS = table('/ip/hotspot/host', ['server', 'authorized', 'bypassed']);
const USERS = table('/ip/hotspot/active', ['server']);

/** A server's state: 1 it serves, 2 it is switched off, 3 it cannot (its interface is gone, for one). */
const STATE = { serving: 1, disabled: 2, invalid: 3 } as const;

/** Hotspot servers: who is there, who is signed in. */
export const group: ReadingGroup = {
  pace: 'poll',
  async read(ask) {
    const servers = (await ask.rows(SERVERS)) ?? [];
    if (servers.length === 0) return [];
    const [hosts, users] = await Promise.all([ask.rows(HOSTS), ask.rows(USERS)]);
    const present = tally(hosts ?? [], (row) => row.text('server'));
    const bypassed = tally(
      (hosts ?? []).filter((row) => row.flag('bypassed') === true),
      (row) => row.text('server'),
    );
    const signedIn = tally(users ?? [], (row) => row.text('server'));
    return servers.flatMap((row) => {
      const name = row.text('name');
      const state =
        row.flag('disabled') === true ? STATE.disabled : row.flag('invalid') === true ? STATE.invalid : STATE.serving;
      return [
        ...reading('sensor', 'state', `hotspot.${name}`, state, `Hotspot ${name}`),
        ...reading('sensor', 'count', `hotspot.${name}.hosts`, present.get(name) ?? 0, `Hotspot ${name}: devices`),
        ...reading('sensor', 'count', `hotspot.${name}.active`, signedIn.get(name) ?? 0, `Hotspot ${name}: signed in`),
        ...reading(
          'sensor',
          'count',
          `hotspot.${name}.bypassed`,
          bypassed.get(name) ?? 0,
          `Hotspot ${name}: let through`,
        ),
      ];
    });
  },
};
