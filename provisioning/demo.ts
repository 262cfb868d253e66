import { type Config, readConfig } from '../core/config/config.ts';
import { createLog } from '../core/log/log.ts';
import { packageRoot } from '../core/package-root.ts';
import { type DemoAccount, demoAccounts, demoSecretKey, demoSigningKey } from './demo-accounts.ts';
import { DEMO_DATA_DIR } from './demo-data-dir.ts';
import { demoPorts, freePort } from './demo-ports.ts';
import { type Citizens, startCitizens } from './lab/citizens/citizens.ts';
import { publicHotspots } from './lab/citizens/public-hotspots.ts';
import { seedCitizens } from './lab/citizens/seed.ts';
import { seedPeople } from './lab/people.ts';
import { startPhone } from './lab/phone/phone.ts';
import { findRegionPack } from './lab/regions.ts';
import { type RunningLab, startRunningLab } from './lab/running-lab.ts';
import { runUntilStopped } from './run.ts';
import { type Simpul, startStandalone } from './standalone.ts';

/** Everything on embedded stores, against the province in a box. */
await runUntilStopped(async () => {
  const startedAt = performance.now();
  const base = readConfig(
    { ...process.env, SIMPUL_DATA_DIR: process.env['SIMPUL_DATA_DIR'] || DEMO_DATA_DIR },
    { bind: '127.0.0.1' },
  );
  // Whatever stores the environment names: the lab's inventions never get into real ones.
  const embedded = { databaseUrl: null, influxUrl: null, mqttUrl: null };
  const secretKey = demoSecretKey(base.dataDir);
  const ports = await demoPorts(base, process.env);
  const publicUrl = base.publicUrl ?? (base.httpPort === 0 ? null : `http://${base.bind}:${base.httpPort}`);
  const config: Config = { ...base, ...embedded, ...ports, secretKey, publicUrl };
  const log = createLog('warn');
  const clock = Date.now;
  const packDir = findRegionPack(process.env, packageRoot());
  say(`Simpul demo: starting the lab province in ${config.dataDir} …`);

  const phone = await startPhone(clock);
  let lab: RunningLab | null = null;
  let accounts: readonly DemoAccount[] = [];
  let gateways: Awaited<ReturnType<typeof seedCitizens>> = new Map();
  const hotspotPort = await freePort();
  const simpul = await startStandalone({
    config,
    roles: ['collector', 'api', 'portal'],
    clock,
    log,
    prepare: async ({ inventory }) => {
      const brokerUrl = `mqtt://127.0.0.1:${config.mqttPort}`;
      lab = await startRunningLab({ inventory, dataDir: config.dataDir, brokerUrl, clock, log });
      // Before the process finds that nobody can sign in, and makes an administrator of its own.
      accounts = await demoAccounts(inventory, secretKey);
      const hotspots = publicHotspots(lab.network);
      const citizens = { hotspots, deviceIds: lab.deviceIds, key: secretKey, port: hotspotPort, now: clock() };
      gateways = await seedCitizens(inventory, citizens);
      await seedPeople(inventory, { phoneUrl: phone.url, secret: demoSigningKey(secretKey), now: clock() });
    },
  }).catch(async (error: unknown) => {
    await lab?.stop();
    await phone.stop();
    throw error;
  });
  const running = lab as RunningLab | null;
  if (running === null) throw new Error('the lab did not start');

  const citizens = await openCitizens({
    lab: running.lab,
    hotspots: publicHotspots(running.network),
    gateways,
    simpul,
    port: hotspotPort,
    clock,
    log,
  });

  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
  say(`\nThe province is at ${simpul.url}   (started in ${seconds} s, ${running.lab.ports.size} devices)\n`);
  say('  sign in as    password       role and region');
  for (const { name, password, role, regionCode } of accounts) {
    say(`  ${name.padEnd(12)}  ${password.padEnd(13)}  ${role}, ${regionCode === '' ? 'every region' : regionCode}`);
  }
  say(
    '\nStop a device and watch the map:  npx simpul lab list   npx simpul lab stop DEVICE   (start, slow, reboot, fault)',
  );
  say(`Messages arrive at the lab's telephones: ${phone.url}`);
  if (simpul.portal !== null)
    say(`Citizens log in at ${simpul.portal.url}, e.g. ${simpul.portal.url}${exampleArrival(gateways)}`);
  say(`API: ${simpul.url}/api/docs    Ctrl-C stops it all.`);
  const filled = running
    .fill({
      series: simpul.series,
      packDir,
      onRegions: () => simpul.bus.publish({ type: 'inventory-changed', regionCode: '', at: clock() }),
    })
    .then(() => say('The month of history is laid down.'));
  if (packDir === null) say('No region pack was found: the map is drawn in tiles. SIMPUL_REGION_PACK names one.');

  return {
    async stop() {
      say('\nStopping …');
      await running.stopFilling();
      await citizens?.stop();
      await simpul.stop();
      await running.stop();
      await phone.stop();
      await filled;
    },
  };
});

type CitizensFor = Pick<
  Parameters<typeof startCitizens>[0],
  'lab' | 'hotspots' | 'gateways' | 'port' | 'clock' | 'log'
>;

/** People at the public hotspots. Where loopback has no more than one address, as on macOS, nobody comes. */
async function openCitizens(options: CitizensFor & { readonly simpul: Simpul }): Promise<Citizens | null> {
  const { simpul, ...rest } = options;
  const { portal } = simpul;
  if (portal === null || portal.radius === null) return null;
  try {
    return await startCitizens({ ...rest, portalUrl: portal.url, radius: { host: '127.0.0.1', ...portal.radius } });
  } catch (error) {
    rest.log.warn(
      { reason: String(error) },
      'no citizens come to the lab: its hotspots need addresses of 127.77.0.0/16',
    );
    return null;
  }
}

/** What a person can open to see what citizens see. */
function exampleArrival(gateways: ReadonlyMap<string, { readonly ref: string }>): string {
  const [first] = gateways.values();
  return first === undefined ? '/' : `/g/${first.ref}?mac=d2:00:00:00:00:01&ip=10.5.50.251`;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
