import { Value } from 'typebox/value';
import type { Channel, ChannelKind, Message } from '../../core/channels.ts';
import { Secret } from '../../core/config/secret.ts';

export const NOW = Date.UTC(2026, 10, 22, 3, 15);

/** Opens a channel as the store would: the settings are checked, what is secret is a `Secret`. */
export function openChannel(
  kind: ChannelKind,
  settings: Readonly<Record<string, unknown>>,
  clock: () => number = () => NOW,
): Channel {
  if (!Value.Check(kind.settings, settings)) throw new Error(JSON.stringify(Value.Errors(kind.settings, settings)));
  const fault = kind.check?.(settings) ?? null;
  if (fault !== null) throw new Error(`${fault.field}: ${fault.reason}`);
  const guarded = Object.entries(settings).map(([name, value]) => [
    name,
    kind.secrets.includes(name) ? new Secret(String(value)) : value,
  ]);
  return kind.open(Object.fromEntries(guarded), { clock });
}

export const MESSAGE: Message = {
  id: '4f6c2f5e-6f1b-8a3c-9d2e-1a2b3c4d5e6f',
  to: '0812-3456-7890',
  subject: 'Putus: Kantor Desa Sukamaju',
  text: 'Sejak 22 Nov 2026, 10.15 WIB.\nDugaan penyebab: listrik padam.',
  short: 'Putus: Kantor Desa Sukamaju. Dugaan: listrik padam.',
  html: '<p>Putus</p>',
  link: 'https://simpul.example/i/abc',
  language: 'id',
  threadId: '11111111-2222-8333-9444-555555555555',
  event: { type: 'incident-opened' },
};

/** A signal for sends that must not take long. */
export const patience = (ms = 10_000): AbortSignal => AbortSignal.timeout(ms);
