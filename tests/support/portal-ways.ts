import type { Entered, Entering, Method, MethodTools } from '../../captive-portal/method.ts';
import type { Language } from '../../captive-portal/pages/words.ts';
import type { Plan } from '../../core/contract/portal/plan.ts';
import type { PortalSite } from '../../core/contract/portal/site.ts';
import type { Log } from '../../core/log/log.ts';
import type { PortalParts } from '../../core/services/portal/portal-parts.ts';
import { openTestInventory } from './inventory.ts';
import { layPlace, type Place, portalPartsOf } from './portal-places.ts';
import { type Answer, type Asked, type Provider, startProvider } from './provider.ts';

/** 22 November 2026, 10.00 WIB. */
export const TEN = Date.UTC(2026, 10, 22, 3);

export type SentText = { readonly to: string; readonly text: string };

/** Every line that was logged, as it would be written. */
export function keptLog(): { readonly log: Log; readonly lines: string[] } {
  const lines: string[] = [];
  const keep =
    (level: string) =>
    (fields: object, sentence: string): void => {
      lines.push(JSON.stringify({ level, ...fields, sentence }));
    };
  const log: Log = {
    debug: keep('debug'),
    info: keep('info'),
    warn: keep('warn'),
    error: keep('error'),
    child: () => log,
  };
  return { log, lines };
}

/** A gateway of SMS on loopback, and what it was asked to send. */
export async function startSmsGateway(answer: (asked: Asked, count: number) => Answer | Promise<Answer> = () => ({})) {
  const provider: Provider = await startProvider(answer);
  return {
    ...provider,
    texts: (): readonly SentText[] => provider.asked.map(({ body }) => JSON.parse(body) as SentText),
    /** Waits for so many texts. */
    async until(count: number): Promise<readonly SentText[]> {
      while (provider.asked.length < count) await new Promise((resolve) => setImmediate(resolve));
      return this.texts();
    },
  };
}

/** The ways in over a real store, a clock by hand and an SMS gateway on loopback. */
export async function openWays(
  answer?: Parameters<typeof startSmsGateway>[0],
  openStores: typeof openTestInventory = openTestInventory,
) {
  const time = { now: TEN };
  const clock = () => time.now;
  const stores = await openStores({ clock });
  const { inventory } = stores;
  const sms = await startSmsGateway(answer);
  const channel = await inventory.channels.create({
    name: 'SMS',
    kind: 'sms',
    settings: {
      url: sms.url,
      method: 'POST',
      format: 'json',
      body: '{"to":"{{to}}","text":"{{text}}"}',
      numberForm: 'e164',
    },
  });
  const { log, lines } = keptLog();
  const parts: PortalParts = portalPartsOf(inventory, clock);
  const tools: MethodTools = {
    inventory,
    keys: parts.keys,
    clock,
    log,
    async sendText(channelId, to, text, id) {
      const { kind, settings } = await inventory.channels.open(channelId);
      const opened = inventory.channels.kinds.get(kind)?.open(settings, { clock });
      await opened?.send({ id, to, subject: text, text, short: text, language: 'id' }, AbortSignal.timeout(10_000));
    },
  };
  return {
    inventory,
    time,
    sms,
    channelId: channel.id,
    log,
    lines,
    parts,
    tools,
    layPlace: (more?: Parameters<typeof layPlace>[1]) => layPlace(inventory, more),
    async empty() {
      time.now = TEN;
      lines.length = 0;
      const tables = ['site', 'region', 'account', 'portal_plans', 'portal_usage', 'portal_days', 'portal_audit'];
      for (const table of [...tables, 'portal_terms', 'portal_attempts', 'portal_data_requests', 'portal_phone_codes'])
        await inventory.sql.run(`TRUNCATE ${table} CASCADE`);
      await inventory.sql.run(`DELETE FROM setting WHERE key LIKE 'portal.%'`);
    },
    async close() {
      await sms.stop();
      await stores.close();
    },
  };
}
export type Ways = Awaited<ReturnType<typeof openWays>>;

type Who = {
  readonly place: Place;
  readonly mac?: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly plan?: Plan | null;
  readonly language?: Language;
  readonly step?: string | null;
};

export function enteringAt({ parts }: Ways, { place, mac = '02:00:00:00:00:64', ...more }: Who): Entering {
  const { site, gateway } = place;
  const portal: PortalSite = {
    siteId: site.id,
    siteName: site.name,
    regionCode: site.regionCode,
    updatedAt: TEN,
    planId: null,
    methods: [],
    announcement: '',
    surveyQuestion: '',
    logoSvg: '',
    familyDns: '',
    fallback: 'trial',
    news: false,
    enabled: true,
  };
  return {
    site: portal,
    plan: more.plan ?? null,
    gateway: { ...gateway, settings: {} },
    settings: more.settings ?? {},
    macHash: parts.keys.hash('mac', mac),
    language: more.language ?? 'id',
    step: more.step ?? null,
  };
}

/** One POST of the page. */
export const enterWith = (
  method: Method,
  ways: Ways,
  who: Who,
  fields: Readonly<Record<string, string>>,
): Promise<Entered> => method.enter(enteringAt(ways, who), new URLSearchParams(fields), ways.tools);

/** What is refused, as one word. */
export const refusalOf = (entered: Entered): string =>
  entered.kind === 'refused' ? entered.refusal : `not refused: ${entered.kind}`;

/** A device was online at a site before, as far as the store knows. */
export async function wasOnline({ parts, inventory, time }: Ways, place: Place, mac: string): Promise<void> {
  const macHash = parts.keys.hash('mac', mac);
  await inventory.sql.run(
    `INSERT INTO portal_logins (id, gateway_id, site_id, mac_hash, method, subject_hash, grant_given, arrived_at,
       issued_at, expires_at, used_at) VALUES ($1, $2, $3, $4, 'terms', $4, '{}', $5, $5, $5, $5)`,
    [`known-${macHash}`, place.gateway.id, place.site.id, macHash, new Date(time.now - 86_400_000)],
  );
}
