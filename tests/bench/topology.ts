import { type Bench, rounded } from '../support/bench.ts';
import { openBrowser } from '../support/browser.ts';
import { builtSite } from '../support/site.ts';
import { drag, traced, wheel } from '../support/trace.ts';
import { StubApi } from '../web/support/stub-api.ts';
import { largeDrawing } from '../web/support/stub-topology.ts';

const CANVAS = '.topology-canvas';

/**
 * Topology of a whole province in a real browser: how long until it is drawn, and how smoothly it is dragged and
 * zoomed, in each of its pictures. The browser draws without a graphics card, on the same cores as everything else.
 */
export const bench: Bench = async ({ option, print }) => {
  const devices = option('devices', 11_000);
  const forMs = option('ms', 3_000);
  const stub = await StubApi.start({ siteDir: await builtSite() });
  const browser = await openBrowser({ reducedMotion: 'no-preference' });
  try {
    stub.drawing = largeDrawing(devices);
    const { edges } = stub.drawing.topology;
    print({ what: 'graph', devices, edges: edges.from.length });
    const page = await browser.context.newPage();
    for (const [what, path] of [
      ['tree, opened as it begins', '/topology'],
      ['tree, every branch open', '/topology?all=true'],
      ['map', '/topology?mode=map'],
      ['rings', '/topology?mode=rings'],
    ] as const) {
      await page.goto(stub.url + path);
      await page.locator(CANVAS).waitFor();
      await page.locator('.topology-counts').waitFor();
      const shownMs = rounded(await page.evaluate(() => performance.now()), 0);
      print({ what, shownMs, does: 'rest', ...(await traced(page, () => page.waitForTimeout(forMs / 2))) });
      print({ what, does: 'drag', ...(await traced(page, () => drag(page, CANVAS, forMs))) });
      print({ what, does: 'zoom', ...(await traced(page, () => wheel(page, CANVAS, forMs, 60))) });
    }
  } finally {
    await browser.close();
    await stub.stop();
  }
};
