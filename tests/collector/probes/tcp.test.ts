import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import type { WatchedDevice } from '../../../collector/pipeline/watched-device.ts';
import { open } from '../../../collector/probes/tcp.ts';
import { openFarNetwork } from '../../support/netns.ts';
import { freePort } from '../../support/port.ts';
import { probeTools, watchedDevice } from '../../support/probe-tools.ts';

const probe = open(probeTools());

const device = (tcpPort: number | null, host = '127.0.0.1'): WatchedDevice =>
  watchedDevice({ kind: 'camera', host, reachability: 'tcp', tcpPort });

test('an open port answers with its time', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();

  const answer = await probe.reach(device(typeof address === 'object' ? (address?.port ?? 0) : 0), 1_000);

  expect(answer.roundTripMs).toBeGreaterThan(0);
  server.close();
});

test('a closed port is reported as refused', async () => {
  const port = await freePort();

  await expect(probe.reach(device(port), 1_000)).rejects.toMatchObject({ failure: 'refused' });
});

test('a device without a port cannot be asked, which says nothing about it', async () => {
  await expect(probe.reach(device(null), 50)).rejects.toMatchObject({ failure: 'not-supported' });
});

test('an address where nobody is is a timeout', async () => {
  const network = await openFarNetwork('10.213.79');

  const failure = await probe.reach(device(80, '10.213.79.9'), 100).catch((error: unknown) => error);

  expect(failure).toMatchObject({ failure: 'timeout' });
  await network.stop();
});
