import { createSocket, type RemoteInfo } from 'node:dgram';
import { once } from 'node:events';
import { responseMsOf } from '../../model/load.ts';
import { noise } from '../../model/noise.ts';
import type { DeviceState } from '../device-state.ts';
import type { Player } from '../player.ts';
import { snmpAgent } from '../snmp.ts';

/** Answers that one agent may owe; what comes while it owes more is lost, as on a busy device. */
const MAX_OWED = 64;

/** A device of the lab that answers SNMP. @throws where the port is taken */
export async function startSnmpAgent(state: DeviceState, port: number): Promise<Player> {
  const { device, clock } = state;
  const { load } = device;
  const answerTo = snmpAgent(state);
  const socket = createSocket('udp4');
  let extraMs = 0;
  let owed = 0;
  let isOpen = true;

  function answer(datagram: Buffer, sender: RemoteInfo): void {
    if (owed >= MAX_OWED) return;
    const at = clock();
    const reply = answerTo(datagram, at);
    if (reply === null) return;
    const slowMs = extraMs * (0.9 + 0.2 * noise(load.seed, Math.floor(at / 1_000)));
    owed++;
    setTimeout(
      () => {
        owed--;
        if (isOpen) socket.send(reply, sender.port, sender.address);
      },
      responseMsOf(load, state.load(at), at) + slowMs,
    );
  }

  try {
    const bound = once(socket, 'listening');
    socket.bind({ port, address: '127.0.0.1', exclusive: true });
    await bound;
  } catch (error) {
    socket.close();
    throw error;
  }
  socket.on('message', answer);
  // An answer that could not be delivered comes back as an error on some systems; the asker has gone.
  socket.on('error', () => {});
  return {
    port: socket.address().port,
    slow(ms) {
      extraMs = ms;
    },
    async close() {
      isOpen = false;
      const closed = once(socket, 'close');
      socket.close();
      await closed;
    },
  };
}
