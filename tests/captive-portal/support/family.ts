import type { FamilyTools, Gateway, GatewayRequest, UseReport } from '../../../captive-portal/gateway.ts';
import type { Grant } from '../../../core/domain/portal/grant.ts';

export const NO_LIMIT: Grant = { seconds: null, idleSeconds: null, downKbit: null, upKbit: null, totalOctets: null };

export const givenGateway = (family: string, settings: object, more: Partial<Gateway> = {}): Gateway => ({
  ...{ id: 'b0a7f0e2-0000-4000-8000-000000000001', ref: 'desa0001', siteId: 'site', name: 'Gerbang', family },
  ...{ settings: settings as Gateway['settings'], lanAddress: '10.5.50.1', nasIdentifier: null },
  ...more,
});

export function arrivalRequest(rawQuery: string, more: Partial<GatewayRequest> = {}): GatewayRequest {
  return {
    ...{ method: 'GET', rawQuery, query: new URLSearchParams(rawQuery), form: new URLSearchParams() },
    ...{ userAgent: 'test', origin: 'https://portal.example', path: '/g/desa0001' },
    ...more,
  };
}

export const postRequest = (form: Readonly<Record<string, string>>): GatewayRequest =>
  arrivalRequest('', { method: 'POST', form: new URLSearchParams(form) });

type Waiting = {
  readonly gatewayId: string;
  readonly key: string;
  readonly grant: Grant;
  readonly loginId: string;
  readonly at: number;
};

/** Tools of a family, with what waits and what was reported in memory. */
export function givenTools(clock: () => number = () => 1_800_000_000_000) {
  const reports: UseReport[] = [];
  const waiting: Waiting[] = [];
  const tools: FamilyTools & { readonly reports: UseReport[]; readonly waiting: Waiting[] } = {
    clock,
    signing: Buffer.alloc(32, 7),
    awaited: {
      async put(gatewayId, key, grant, loginId) {
        waiting.push({ gatewayId, key, grant, loginId, at: clock() });
      },
      list: async (gatewayId, most) => waiting.filter((one) => one.gatewayId === gatewayId).slice(0, most),
      async taken(gatewayId, keys) {
        const rest = waiting.filter((one) => one.gatewayId !== gatewayId || !keys.includes(one.key));
        waiting.splice(0, waiting.length, ...rest);
      },
      async clear(gatewayId, before) {
        const rest = waiting.filter((one) => one.gatewayId !== gatewayId || one.at >= before);
        waiting.splice(0, waiting.length, ...rest);
      },
    },
    signal: new AbortController().signal,
    account: async (report) => void reports.push(report),
    kept: new Map(),
    reports,
    waiting,
  };
  return tools;
}

const SIGNS = [
  '%',
  '&',
  '=',
  '+',
  '%00',
  '%0d%0a',
  '%ff',
  '\\',
  '%5c',
  "'",
  '<',
  ':',
  ', ',
  '%F0%9F%92%A9',
  'http://',
  '../',
];

/** A text that was damaged: signs put in, taken out, turned over, repeated, cut off. */
export function scrambled(text: string, random: () => number): string {
  let now = text;
  const below = (limit: number): number => Math.floor(random() * limit);
  for (let change = 0; change <= below(5); change++) {
    const at = below(now.length + 1);
    const length = below(12) + 1;
    switch (below(6)) {
      case 0:
        now = now.slice(0, at) + (SIGNS[below(SIGNS.length)] ?? '') + now.slice(at);
        break;
      case 1:
        now = now.slice(0, at) + now.slice(at + length);
        break;
      case 2:
        now = now.slice(0, at);
        break;
      case 3:
        now += now.slice(at);
        break;
      case 4:
        now = now.slice(0, at) + String.fromCharCode(below(0x250)) + now.slice(at + 1);
        break;
      default:
        now = now.slice(0, at) + (SIGNS[below(SIGNS.length)] ?? '').repeat(below(400)) + now.slice(at);
    }
  }
  return now.slice(0, 20_000);
}
