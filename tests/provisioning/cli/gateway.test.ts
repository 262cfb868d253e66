import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { gatewayCommand } from '../../../provisioning/cli/gateway.ts';
import { openHotspot } from '../../captive-portal/flow/support/hotspot.ts';

async function given() {
  const village = await openHotspot({ family: 'opennds', settings: { level: 1, faskey: 'kunci-desa-01' } });
  const dir = await mkdtemp(join(tmpdir(), 'simpul-gateway-'));
  onTestFinished(async () => {
    await village.close();
    await rm(dir, { recursive: true, force: true });
  });
  const run = (...args: string[]): Promise<unknown> =>
    gatewayCommand({
      openInventory: async () => ({ ...village.inventory, close: async () => {} }),
      print: () => {},
      portal: () => ({ portalUrl: 'https://portal.example', radiusAuthPort: 1_812, radiusAcctPort: 1_813 }),
    })
      .exitOverride()
      .parseAsync(['files', ...args], { from: 'user' });
  return { village, dir, run };
}

test('the files of a gateway are written for its owner alone where they hold secrets', async () => {
  const { village, dir, run } = await given();

  await run(village.gateway.ref, '--out', dir);

  const conf = await readFile(join(dir, 'opennds.conf'), 'utf8');
  expect(conf).toContain('faskey kunci-desa-01');
  expect(conf).toContain(`faspath /g/${village.gateway.ref}`);
  expect((await stat(join(dir, 'opennds.conf'))).mode & 0o777).toBe(0o600);
  expect((await stat(join(dir, 'simpul-binauth.sh'))).mode & 0o777).toBe(0o700);
});

test('an unknown gateway and an address that is none are said', async () => {
  const { village, dir, run } = await given();

  await expect(run('tidakada', '--out', dir)).rejects.toMatchObject({ code: 'not-found' });
  await expect(run(village.gateway.ref, '--out', dir, '--portal', 'portal')).rejects.toMatchObject({ code: 'config' });
});
