import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { gzipSync } from 'node:zlib';
import { loadGateways } from '../../captive-portal/gateway.ts';
import { startPortal } from '../../captive-portal/main.ts';
import { loadMethods } from '../../captive-portal/method.ts';
import { portalPreview } from '../../captive-portal/preview.ts';
import { silentLog } from '../../core/log/log.ts';
import { type Bench, cpuSince, rounded, spread } from '../support/bench.ts';
import type { ClickDone, ClickOrder } from '../support/click-load-worker.ts';
import { openInventoryAt } from '../support/inventory-at.ts';
import { layPlace, portalPartsOf } from '../support/portal-places.ts';
import { startPostgres } from '../support/postgres.ts';

/**
 * The citizens' pages on PostgreSQL: what one page costs to make, and how many citizens a second go from the page over
 * the button to the redirect that opens their gateway (consent, login and counts stored). The load runs on a thread of
 * its own, on the same cores.
 */
export const bench: Bench = async ({ option, print }) => {
  const clicks = option('clicks', 4_000);
  const connections = option('connections', 64);
  const sites = option('sites', 20);
  const [gateways, methods] = await Promise.all([loadGateways(), loadMethods()]);
  const postgres = await startPostgres();
  const inventory = await openInventoryAt(await postgres.database(), { portal: { gateways, methods } });
  const { keys, clock, zone } = portalPartsOf(inventory, Date.now);
  const portal = await startPortal(
    {
      ...{ inventory, series: null, keys, gateways, methods, zone, bus: null, clock, log: silentLog },
      config: {
        ...{ bind: '127.0.0.1', portalPort: 0, portalUrl: null, radiusAuthPort: 0, radiusAcctPort: 0 },
        ...{ radsec: null, radiusRest: null, helpPhone: '0711-351000' },
      },
    },
    { radius: null },
  );
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const worker = new Worker(new URL(`../support/click-load-worker.${extension}`, import.meta.url));
  try {
    const places = await Promise.all(
      Array.from({ length: sites }, (_, n) => layPlace(inventory, { code: `${n + 1}`, lanAddress: `10.5.${n}.1` })),
    );
    await render();
    const paths = places.map(({ gateway }) => `/g/${gateway.ref}?mac={mac}&ip=10.5.50.7`);
    const play = async (order: Omit<ClickOrder, 'port' | 'paths'>): Promise<ClickDone> => {
      worker.postMessage({ port: portal.port, paths, ...order } satisfies ClickOrder);
      const [done] = (await once(worker, 'message')) as [ClickDone];
      return done;
    };
    await play({ clicks: 400, connections, seed: 1 });
    const cpu = process.cpuUsage();
    const done = await play({ clicks, connections, seed: 2 });
    print({
      what: 'click-throughs: page, button, redirect',
      sites,
      connections,
      perSecond: Math.round(done.ok / done.seconds),
      failed: done.failed,
      ...(done.example === null ? {} : { example: done.example }),
      cpuUsEachWithTheLoad: Math.round(cpuSince(cpu) / clicks),
      page: spread(done.pageMs),
      press: spread(done.pressMs),
    });

    async function render(): Promise<void> {
      const preview = portalPreview({ inventory, methods, clock, config: { helpPhone: '0711-351000' } });
      const markup = await preview(places[0]?.site.id ?? '', 'id');
      const gzipMs = each(300, () => gzipSync(markup));
      print({ what: 'one page', bytes: Buffer.byteLength(markup), gzipBytes: gzipSync(markup).length, gzipMs });
      const { loginPage } = await import('../../captive-portal/pages/login-page.ts');
      const terms = await inventory.portal.terms.current(clock());
      const site = await inventory.portal.sites.get(places[0]?.site.id ?? '');
      const terms1 = methods.get('terms');
      if (site === null || terms1 === undefined) throw new Error('no site to draw a page of');
      const renderMs = each(2_000, () =>
        loginPage({
          ...{ language: 'id', place: 'Desa Sukamaju', siteName: 'Balai Desa', site, termsText: terms.textId },
          ways: [
            { id: 'terms', title: 'Persetujuan', form: { markup: '<button class="f">Setuju dan masuk</button>' } },
          ],
          ...{ openWay: null, state: 'x'.repeat(240), action: '/g/abcdef', notice: null, closesAt: 1_320 },
          form: new URLSearchParams(),
          foot: {
            province: 'Sumatera Selatan',
            helpPhone: '0711-351000',
            otherLanguage: '?l=en',
            myDataUrl: '/data-saya',
          },
        }),
      );
      print({ what: 'HTML of the login page', renderMs });
    }
  } finally {
    await worker.terminate();
    await portal.stop();
    await inventory.close();
    await postgres.stop();
  }
};

/** Mean of one call after as many again to warm up, ms. */
function each(times: number, work: () => unknown): number {
  for (let n = 0; n < times; n++) work();
  const startedAt = performance.now();
  for (let n = 0; n < times; n++) work();
  return rounded((performance.now() - startedAt) / times, 4);
}
