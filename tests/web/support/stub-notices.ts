import type { Channel } from '../../../core/contract/channels.ts';
import type { MaintenanceWindow } from '../../../core/contract/maintenance.ts';

type Answer = { readonly status: number; readonly body: unknown };
type Body = Readonly<Record<string, unknown>>;

const ok = (body: unknown): Answer => ({ status: 200, body });
const idOf = (number: number): string => `50000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
const paged = <T>(items: readonly T[]) => ok({ items, total: items.length, page: 1, pageSize: 500 });

/** Two kinds: a mail server with a secret and a choice, and one that takes nothing but an address. */
export const CHANNEL_KINDS = [
  {
    id: 'email',
    title: 'channel-kind.email',
    label: { id: 'Surel', en: 'E-mail' },
    icon: null,
    metrics: [],
    settings: {
      type: 'object',
      required: ['host', 'tls'],
      properties: {
        port: { type: 'integer', minimum: 1, maximum: 65_535 },
        host: { type: 'string', maxLength: 253 },
        tls: { type: 'string', enum: ['starttls', 'tls', 'none'] },
        password: { type: 'string', maxLength: 1_000 },
      },
    },
    secrets: ['password'],
    recipient: { type: 'string' },
  },
] as const;

const RESOURCES = ['maintenance', 'channels', 'recipients', 'duty', 'notice-policies', 'notice-setup'];

/** Maintenance and channels that are kept, and nobody who is told yet. */
export class StubNotices {
  readonly windows: MaintenanceWindow[] = [];
  readonly channels: Channel[] = [];
  private made = 0;

  isAbout(path: string): boolean {
    return RESOURCES.includes(path.split('/')[3] ?? '');
  }

  answer(method: string, path: string, body: Body): Answer {
    const [, resource = '', id, verb] = path.split('/');
    if (resource === 'maintenance') return this.maintenance(method, id, body);
    if (resource === 'channels') return this.channel(method, id, verb, body);
    if (resource === 'recipients') return paged([]);
    if (resource === 'duty') return ok({ at: Date.now(), items: [] });
    if (resource === 'notice-setup')
      return ok({
        channels: 0,
        recipients: 0,
        shifts: 0,
        policies: 0,
        publicUrl: null,
        missing: ['channel', 'policy'],
      });
    return ok({ items: [] });
  }

  private maintenance(method: string, id: string | undefined, body: Body): Answer {
    if (method === 'GET') return paged(this.windows);
    if (method === 'DELETE') {
      const at = this.windows.findIndex((window) => window.id === id);
      this.windows.splice(at, 1);
      return { status: 204, body: null };
    }
    this.made += 1;
    const window: MaintenanceWindow = {
      id: idOf(this.made),
      title: String(body['title']),
      note: String(body['note'] ?? ''),
      startsAt: Number(body['startsAt']),
      endsAt: Number(body['endsAt']),
      recurrence: typeof body['recurrence'] === 'string' ? body['recurrence'] : null,
      deviceIds: texts(body['deviceIds']),
      siteIds: texts(body['siteIds']),
      regionCodes: texts(body['regionCodes']),
      regionCode: '16',
      createdBy: 'Sri Wahyuni',
      createdAt: Date.now(),
      cancelledAt: null,
    };
    this.windows.unshift(window);
    return { status: 201, body: window };
  }

  private channel(method: string, id: string | undefined, verb: string | undefined, body: Body): Answer {
    if (verb === 'test')
      return ok({
        ok: false,
        checked: null,
        providerId: null,
        failure: 'sign-in',
        detail: 'smtp 535 5.7.8',
        mayPass: false,
      });
    if (method === 'GET') return ok({ items: this.channels });
    if (id !== undefined) {
      const at = this.channels.findIndex((channel) => channel.id === id);
      const known = this.channels[at];
      if (known === undefined) return { status: 404, body: null };
      const { password, ...settings } = (body['settings'] ?? {}) as Body;
      const kept = password === undefined ? known.secretsSet : password === null ? [] : ['password'];
      this.channels[at] = { ...known, settings, secretsSet: kept };
      return ok(this.channels[at]);
    }
    this.made += 1;
    const { password, ...settings } = (body['settings'] ?? {}) as Body;
    const channel: Channel = {
      id: idOf(this.made),
      name: String(body['name']),
      kind: String(body['kind']),
      enabled: body['enabled'] === true,
      settings,
      secretsSet: password === undefined ? [] : ['password'],
      waiting: 0,
      failed: 0,
    };
    this.channels.push(channel);
    return { status: 201, body: channel };
  }
}
