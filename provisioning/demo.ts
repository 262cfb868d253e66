import { type Config, readConfig } from '../core/config/config.ts';
import { createLog } from '../core/log/log.ts';
import { packageRoot } from '../core/package-root.ts';
import { type DemoAccount, demoAccounts, demoSecretKey, demoSigningKey } from './demo-accounts.ts';
import { DEMO_DATA_DIR } from './demo-data-dir.ts';
import { demoPorts, freePort } from './demo-ports.ts';
import { openCitizens } from './lab/citizens/open.ts';
import { seedPeople } from './lab/people.ts';
import { startPhone } from './lab/phone/phone.ts';
import { findRegionPack } from './lab/regions.ts';
import { type RunningLab, startRunningLab } from './lab/running-lab.ts';
import { runUntilStopped } from './run.ts';
import { startStandalone } from './standalone.ts';

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
      await seedPeople(inventory, { phoneUrl: phone.url, secret: demoSigningKey(secretKey), now: clock() });
    },
  }).catch(async (error: unknown) => {
    await lab?.stop();
    await phone.stop();
    throw error;
  });
  const running = lab as RunningLab | null;
  if (running === null) throw new Error('the lab did not start');

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
  say(`API: ${simpul.url}/api/docs    Ctrl-C stops it all.`);
  // After the first screen: they come by the minute.
  const citizens = openCitizens({ running, simpul, key: secretKey, port: await freePort(), clock, log });
  void citizens.then((opened) => opened && say(`Citizens log in at ${simpul.portal?.url}, e.g. ${opened.example}`));
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
      await (await citizens)?.stop();
      await simpul.stop();
      await running.stop();
      await phone.stop();
      await filled;
    },
  };
});

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
