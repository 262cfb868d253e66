import { type ReadingGroup, reading } from '../group.ts';
import { table } from '../menu.ts';

// No keys: what is not asked for cannot leak.
const PEERS = table('/interface/wireguard/peers', [
  '.id',
  'interface',
  'name',
  'comment',
  'disabled',
  'last-handshake',
]);
/** A session that is in use is renewed before this age (WireGuard's REJECT_AFTER_TIME). */
const ALIVE_S = 180;
const MAX_PEERS = 64;

/** Tunnels: state 1 where the peer was heard within three minutes, else 2. */
export const group: ReadingGroup = {
  pace: 'poll',
  async read(ask) {
    const peers = ((await ask.rows(PEERS)) ?? []).filter((row) => row.flag('disabled') !== true);
    return peers.slice(0, MAX_PEERS).flatMap((row) => {
      const index = `wireguard.${row.text('.id').slice(1)}`;
      const label = `WireGuard ${[row.text('interface'), row.text('comment') || row.text('name')].filter(Boolean).join(' ')}`;
      const age = row.duration('last-handshake');
      return [
        ...reading('sensor', 'state', index, age !== null && age <= ALIVE_S ? 1 : 2, label),
        ...reading('sensor', 'delay', index, age, `${label}: last handshake`),
      ];
    });
  },
};
