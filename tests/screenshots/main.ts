import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Role } from '../../core/contract/contract.ts';
import { packageRoot } from '../../core/package-root.ts';
import { openBrowser } from '../support/browser.ts';
import { CITIZEN_PAGES, PAGES, SCREENS, type Screen } from '../web/support/screens.ts';
import { type Demo, startDemo } from './demo.ts';
import { indexPage, type Shot } from './index-page.ts';
import { type Options, readOptions } from './options.ts';
import { photographer } from './shoot.ts';

const startedAt = performance.now();
const say = (text: string): void => {
  process.stdout.write(`${((performance.now() - startedAt) / 1_000).toFixed(0).padStart(4)} s  ${text}\n`);
};

const ROLES: readonly (Role | null)[] = ['engineer', 'planner', 'viewer', 'agency', 'officer', 'admin', null];

/** All of them, those of one role together: a role signs in once. */
function screensOf(only: Options['only']): readonly Screen[] {
  const all = [...Object.values(SCREENS).flat(), ...PAGES, ...CITIZEN_PAGES];
  const wanted = all.filter(({ name, as }) => only === null || only.includes(name) || only.includes(as ?? 'nobody'));
  if (wanted.length === 0)
    throw new Error(`no screen has such a name; there are ${all.map(({ name }) => name).join(', ')}`);
  return wanted.toSorted((a, b) => ROLES.indexOf(a.as) - ROLES.indexOf(b.as));
}

/** How to end what was started, the last first. */
const enders: (() => Promise<void>)[] = [];
async function endAll(): Promise<void> {
  for (let end = enders.pop(); end !== undefined; end = enders.pop())
    await end().catch((error: unknown) => say(`something was left behind: ${String(error)}`));
}

async function shootAll(demo: Demo, { out, sizes }: Options, screens: readonly Screen[]): Promise<void> {
  const byUs = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false };
  const browser = await openBrowser({ serviceWorkers: 'block', ...byUs });
  enders.push(browser.close);
  const page = await browser.context.newPage();
  const devtools = await browser.context.newCDPSession(page);
  const shoot = photographer({ page, devtools, out, sizes, url: demo.url, facts: demo.facts });
  const shots: Shot[] = [];
  let role: Role | null | undefined;
  for (const screen of screens) {
    if (screen.as !== role) {
      await browser.context.clearCookies();
      if (screen.as !== null) await browser.context.addCookies([{ ...demo.cookieOf(screen.as), url: demo.url }]);
      role = screen.as;
    }
    const shot = await shoot(screen);
    shots.push(shot);
    await writeFile(join(out, 'index.html'), indexPage(shots, sizes));
    const problem = shot.problem === null ? '' : `  ${shot.problem}`;
    say(`${shots.length}/${screens.length}  ${shot.role} ${shot.name}${problem}`);
  }
  const failed = shots.filter(({ problem }) => problem !== null).length;
  say(`${join(out, 'index.html')} shows ${screens.length - failed} screens${failed > 0 ? `; ${failed} failed` : ''}`);
  if (failed > 0) process.exitCode = 1;
}

async function run(): Promise<void> {
  const options = readOptions(process.argv.slice(2), packageRoot());
  const screens = screensOf(options.only);
  await mkdir(options.out, { recursive: true });
  say(`${screens.length} screens, ${options.sizes.length} sizes, two themes`);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => void endAll().finally(() => process.exit(130)));
  try {
    await shootAll(await startDemo(say, (stop) => enders.push(stop)), options, screens);
  } finally {
    await endAll();
  }
}

run().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
