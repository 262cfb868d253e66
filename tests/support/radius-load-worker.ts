/**
 * A thread of hotspots for the bench: authenticates logins, or tells interim records of their sessions, as fast as they
 * are answered.
 */
import { parentPort } from 'node:worker_threads';
import { accessPacket, accountingPacket, isAccept, isStored, loadNas, spreadOver } from './radius-load.ts';

export type LoadOrder = {
  readonly kind: 'auth' | 'start' | 'interim';
  readonly port: number;
  readonly secret: string;
  readonly atOnce: number;
  /** One request each; those of one address come from one hotspot. */
  readonly users: readonly {
    readonly name: string;
    readonly password: string;
    readonly mac: string;
    readonly nas: string;
  }[];
  /** Of the session so far, s. */
  readonly seconds: number;
};
export type LoadDone = { readonly ms: number; readonly took: readonly number[]; readonly right: number };

parentPort?.on('message', async (order: LoadOrder) => {
  const { kind, port, users, atOnce, seconds } = order;
  const key = Buffer.from(order.secret);
  const addresses = [...new Set(users.map(({ nas }) => nas))];
  const hotspots = new Map(await Promise.all(addresses.map(async (nas) => [nas, await loadNas(nas)] as const)));
  let right = 0;
  const startedAt = performance.now();
  const took = await spreadOver(users.length, atOnce, async (index) => {
    const user = users[index];
    if (user === undefined) return;
    const told = [
      { name: 'User-Name', value: user.name },
      { name: 'NAS-Identifier', value: 'desa-sukamaju-01' },
      { name: 'NAS-Port-Type', value: 'Wireless-802.11' },
      { name: 'Called-Station-Id', value: 'hotspot1' },
      { name: 'Calling-Station-Id', value: user.mac },
      { name: 'Framed-IP-Address', value: '10.5.50.7' },
      { name: 'Acct-Session-Id', value: `8${String(index).padStart(7, '0')}` },
    ];
    const hotspot = hotspots.get(user.nas);
    if (kind === 'auth') {
      const answer = await hotspot?.ask(port, (id) => accessPacket(id, key, user.password, told));
      if (isAccept(answer ?? null)) right += 1;
      return;
    }
    const more = [
      { name: 'Acct-Status-Type', value: kind === 'start' ? 'Start' : 'Interim-Update' },
      { name: 'Acct-Session-Time', value: seconds },
      { name: 'Acct-Input-Octets', value: seconds * 1_000 },
      { name: 'Acct-Output-Octets', value: seconds * 9_000 },
    ];
    const answer = await hotspot?.ask(port, (id) => accountingPacket(id, key, [...told, ...more]));
    if (isStored(answer ?? null)) right += 1;
  });
  const done: LoadDone = { ms: performance.now() - startedAt, took, right };
  for (const hotspot of hotspots.values()) hotspot.close();
  parentPort?.postMessage(done);
});
