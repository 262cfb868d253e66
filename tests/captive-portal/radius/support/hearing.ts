import type { Packet } from '../../../../captive-portal/radius/packet.ts';
import { type Peer, statusRequest } from './hotspot-peer.ts';

/** Sends, and hears what comes until a Status-Server sent behind it is answered: nobody waits for silence. */
export async function heard(from: Peer, port: number, ...packets: readonly Buffer[]): Promise<readonly Packet[]> {
  for (const packet of packets) from.send(packet, port);
  from.send(statusRequest(255), port);
  const came: Packet[] = [];
  for (;;) {
    const packet = await from.next();
    if (packet.id === 255) return came;
    came.push(packet);
  }
}

/** A promise that the test resolves. */
export function gate<Result>() {
  let open: (result: Result) => void = () => {};
  const opened = new Promise<Result>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}
