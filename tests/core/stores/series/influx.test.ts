import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Secret } from '../../../../core/config/secret.ts';
import { DAY, SECOND } from '../../../../core/domain/clock.ts';
import { silentLog } from '../../../../core/log/log.ts';
import { openInfluxSeriesStore } from '../../../../core/stores/series/influx.ts';
import { DEFAULT_RETENTION } from '../../../../core/stores/series/series-store.ts';
import { spooled } from '../../../../core/stores/series/spool.ts';
import { counter, gauge, seriesStoreContract, T0 } from '../../../contracts/series-store.ts';
import { type InfluxServer, startInflux } from '../../../support/influx.ts';

const ping = { deviceIds: ['device-1'], metrics: ['ping.average_response_ms'], from: T0, to: T0 + DAY };

let server: InfluxServer;
let count = 0;
beforeAll(async () => {
  server = await startInflux();
});
afterAll(() => server.stop());

const nextUrl = (): Secret => {
  count += 1;
  return new Secret(`${server.url}/test_${count}`);
};

seriesStoreContract(({ retention }) =>
  openInfluxSeriesStore({ url: nextUrl(), retention, clock: () => T0, log: silentLog, lingerMs: 0 }),
);

describe('a server that goes away', () => {
  test('and comes back: samples wait in the spool and are all there', async () => {
    const own = await startInflux();
    const dir = await mkdtemp(join(tmpdir(), 'simpul-influx-spool-'));
    const store = await spooled(
      await openInfluxSeriesStore({
        url: new Secret(`${own.url}/away`),
        retention: DEFAULT_RETENTION,
        clock: () => T0,
        log: silentLog,
        lingerMs: 0,
      }),
      { dir, maxBytes: 1024 * 1024, log: silentLog, clock: () => T0 },
    );
    await store.append([gauge(T0, 0)]);

    await own.kill();
    await store.append([gauge(T0 + SECOND, 1)]);
    await store.append([gauge(T0 + 2 * SECOND, 2)]);
    const waiting = store.spoolStatus().samples;
    const asked = store.query(ping);
    await expect(asked).rejects.toMatchObject({ code: 'store-unavailable' });
    await own.start();
    await store.drain();

    expect(waiting).toBe(2);
    expect(store.spoolStatus()).toMatchObject({ samples: 0, dropped: 0 });
    expect((await store.query(ping))[0]?.points.map(({ value }) => value)).toEqual([0, 1, 2]);
    await store.close();
    await own.stop();
    await rm(dir, { recursive: true });
  });

  test.each<[string, (request: IncomingMessage, response: ServerResponse) => void]>([
    [
      'half an answer',
      (_, response) =>
        response.writeHead(200, { 'content-length': 1000 }).write('{"results":', () => response.destroy()),
    ],
    ['silence', () => {}],
    ['nonsense', (_, response) => response.writeHead(200).end('<html>')],
    ['JSON of another shape', (_, response) => response.writeHead(200).end('{"results":{"a":1}}')],
    ['a refusal of the credentials', (_, response) => response.writeHead(401).end('{"error":"authorization failed"}')],
    ['an error of its own', (_, response) => response.writeHead(500).end('no space left on device')],
    ['a hung-up line', (request) => request.socket.destroy()],
  ])('%s is an unavailable store, not a crash', async (_, answer) => {
    const fake = createServer(answer).listen(0, '127.0.0.1');
    await once(fake, 'listening');
    const { port } = fake.address() as AddressInfo;
    const store = await openInfluxSeriesStore({
      url: new Secret(`http://someone:s3cret@127.0.0.1:${port}/db`),
      retention: DEFAULT_RETENTION,
      clock: () => T0,
      log: silentLog,
      lingerMs: 0,
      timeoutMs: 500,
    });

    await expect(store.append([gauge(T0, 1)])).rejects.toMatchObject({ code: 'store-unavailable' });
    await expect(store.query(ping)).rejects.toMatchObject({ code: 'store-unavailable' });
    const status = await store.status();

    expect(status.ok).toBe(false);
    expect(status.reason).not.toContain('s3cret');
    await store.close();
    fake.closeAllConnections();
    fake.close();
  });
});

test('measurements and tags are those that Telegraf would write, so that dashboards find them', async () => {
  const url = nextUrl();
  const store = await openInfluxSeriesStore({
    url,
    retention: DEFAULT_RETENTION,
    clock: () => T0,
    log: silentLog,
    lingerMs: 0,
  });
  await store.append([
    counter(T0, 1),
    counter(T0, 2, { metric: 'interface.ifHCOutOctets' }),
    counter(T0, 3, { instance: '2' }),
  ]);

  const query = new URLSearchParams({
    db: new URL(url.reveal()).pathname.slice(1),
    epoch: 'ms',
    q: 'SELECT ifHCInOctets, ifHCOutOctets FROM interface GROUP BY deviceId, instance',
  });
  const answer: unknown = await (await fetch(`${server.url}/query?${query}`)).json();

  expect(answer).toMatchObject({
    results: [
      {
        series: [
          { name: 'interface', tags: { deviceId: 'device-1', instance: '1' }, values: [[T0, 1, 2]] },
          { name: 'interface', tags: { deviceId: 'device-1', instance: '2' }, values: [[T0, 3, null]] },
        ],
      },
    ],
  });
  await store.close();
});
