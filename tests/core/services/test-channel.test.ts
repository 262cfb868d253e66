import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkChannel, sendTestMessage } from '../../../core/services/test-channel.ts';
import { openTestInventory, type TestInventory } from '../../support/inventory.ts';
import { NOW, patience } from '../../support/open-channel.ts';
import { type Provider, startProvider } from '../../support/provider.ts';

const zone = { timeZone: 'Asia/Jakarta', label: 'WIB' };
let under: TestInventory;
let provider: Provider;
beforeAll(async () => {
  under = await openTestInventory();
  provider = await startProvider(({ url }) =>
    url.endsWith('/getMe')
      ? { status: 401, body: { ok: false, error_code: 401, description: 'Unauthorized' } }
      : { body: { ok: true, result: { message_id: 9 } } },
  );
});
afterAll(async () => {
  await provider.stop();
  await under.close();
});

test('a test message goes at once, and who asked is told how it went', async () => {
  const { channels } = under.inventory;
  const settings = { token: '123456789:AAErahasia-dari-botfather', apiUrl: provider.url };
  const { id: channelId } = await channels.create({ name: 'Bot NOC', kind: 'telegram', settings });
  const parts = { channels, clock: () => NOW, zone };

  const sent = await sendTestMessage(parts, { channelId, to: '-100123', language: 'id' }, patience());
  const wrongForm = sendTestMessage(parts, { channelId, to: 'dewi@desa.test', language: 'id' }, patience());
  await expect(wrongForm).rejects.toMatchObject({ code: 'bad-input', faults: [{ field: '/to' }] });
  const check = checkChannel(parts, channelId, patience());
  await expect(check).rejects.toMatchObject({ failure: 'sign-in' });

  expect(sent).toEqual({ providerId: '9' });
  expect(JSON.parse(provider.asked[0]?.body ?? '').text).toContain('Saluran "Bot NOC" berfungsi');
  expect((await under.inventory.outbox.list({})).total).toBe(0);
});
