import { describe, expect, test } from 'vitest';
import { createSealer } from '../../core/config/seal.ts';
import { Secret } from '../../core/config/secret.ts';
import type { Inventory } from '../../core/stores/inventory/inventory.ts';

/** The part of the inventory's contract that is about credentials. */
export function credentialContract(inventory: () => Inventory): void {
  describe('credentials', () => {
    const COMMUNITY = 'rahasia-desa';
    const newCredential = { name: 'villages', kind: 'snmp-v2c', settings: { community: COMMUNITY } };

    test('only opening gives the settings, as secrets', async () => {
      const { credentials } = inventory();
      const created = await credentials.create(newCredential);
      const shown = [created, await credentials.get(created.id), await credentials.list()];

      const opened = await credentials.open(created.id);

      expect(JSON.stringify([shown, opened])).not.toContain(COMMUNITY);
      expect(opened.settings['community']).toBeInstanceOf(Secret);
      expect(String((opened.settings['community'] as Secret).reveal())).toBe(COMMUNITY);
    });

    test('the table holds no readable settings', async () => {
      const { credentials, sql } = inventory();
      await credentials.create(newCredential);

      const [row] = await sql.query<{ sealed: Buffer }>('SELECT sealed FROM credential');

      expect(row?.sealed.toString('latin1')).toMatch(/^SMP/);
      expect(row?.sealed.toString('latin1')).not.toContain(COMMUNITY);
    });

    test('settings that do not fit the kind are refused by name, without their value', async () => {
      const { credentials } = inventory();
      const settings = { user: 'ops', level: 'authPriv', authProtocol: 'sha256', authKey: COMMUNITY };

      const missing = await credentials.create({ name: 'v3', kind: 'snmp-v3', settings }).catch((error) => error);
      const short = await credentials
        .create({ name: 'v3', kind: 'snmp-v3', settings: { ...settings, authKey: 'pendek' } })
        .catch((error) => error);

      expect(missing).toMatchObject({ code: 'bad-input', faults: [{ field: 'privProtocol' }] });
      expect(short).toMatchObject({ code: 'bad-input', faults: [{ field: '/authKey' }] });
      expect(JSON.stringify([missing, short, missing.message, short.stack])).not.toMatch(/pendek|rahasia/);
    });

    test('another key, or bytes of another row, do not open', async () => {
      const { credentials, sql } = inventory();
      const first = await credentials.create(newCredential);
      const second = await credentials.create({ ...newCredential, name: 'other' });
      const [row] = await sql.query<{ sealed: Buffer }>('SELECT sealed FROM credential WHERE id = $1', [first.id]);
      await sql.run('UPDATE credential SET sealed = $2 WHERE id = $1', [second.id, row?.sealed]);

      const otherKey = createSealer(new Secret('another key altogether'));

      await expect(otherKey.open(row?.sealed ?? Buffer.of(), first.id)).rejects.toMatchObject({
        code: 'config',
        message: expect.stringContaining('SIMPUL_SECRET_KEY'),
      });
      await expect(credentials.open(second.id)).rejects.toMatchObject({ code: 'config' });
    });

    test('a credential in use is not removed', async () => {
      const { credentials, sites, devices } = inventory();
      const { id } = await credentials.create(newCredential);
      const site = await sites.create({ code: 's', name: 'S', kind: 'pop', regionCode: '16' });
      await devices.create({ code: 'd', name: 'D', kind: 'router', siteId: site.id, host: 'h', credentialId: id });

      const removal = credentials.remove(id);

      await expect(removal).rejects.toMatchObject({ code: 'conflict' });
      expect((await credentials.get(id))?.devices).toBe(1);
    });

    test('new settings replace the old ones', async () => {
      const { credentials } = inventory();
      const { id } = await credentials.create(newCredential);
      await credentials.update(id, { name: 'renamed', settings: { community: 'baru' } });

      const opened = await credentials.open(id);

      expect([opened.name, (opened.settings['community'] as Secret).reveal()]).toEqual(['renamed', 'baru']);
    });
  });
}
