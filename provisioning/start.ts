import { readConfig } from '../core/config/config.ts';
import { createLog } from '../core/log/log.ts';
import { readRoles } from './roles.ts';
import { runUntilStopped } from './run.ts';
import { startStandalone } from './standalone.ts';

await runUntilStopped(async () => {
  const config = readConfig(process.env, { bind: '0.0.0.0' });
  const roles = readRoles(process.argv.slice(2), config);
  const log = createLog();
  const simpul = await startStandalone({ config, roles, clock: Date.now, log });
  if (simpul.firstAdmin) {
    const { name, password } = simpul.firstAdmin;
    process.stdout.write(
      `\nNo account existed. Sign in once with these, and change the password:\n  name      ${name}\n  password  ${password}\n\n`,
    );
  }
  if (simpul.url) process.stdout.write(`Simpul is at ${simpul.url}\n`);
  if (simpul.portal) process.stdout.write(`The captive portal is at ${simpul.portal.url}\n`);
  else if (roles.length > 1) log.info({}, 'no captive portal: SIMPUL_SECRET_KEY must be set for it');
  return simpul;
});
