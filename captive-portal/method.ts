import type { Plan } from '../core/contract/portal/plan.ts';
import type { PortalSite } from '../core/contract/portal/site.ts';
import type { Clock } from '../core/domain/clock.ts';
import type { Refusal } from '../core/domain/portal/grant.ts';
import type { PortalKind } from '../core/domain/portal/kinds.ts';
import { loadFolder } from '../core/load-folder.ts';
import type { Log } from '../core/log/log.ts';
import type { PortalKeys } from '../core/services/portal/portal-keys.ts';
import type { Inventory } from '../core/stores/inventory/inventory.ts';
import type { Gateway } from './gateway.ts';
import type { Html } from './pages/html.ts';
import type { Language } from './pages/words.ts';

/** What a method may know of the one who wants in. */
export type Entering = {
  readonly site: PortalSite;
  readonly plan: Plan | null;
  readonly gateway: Gateway;
  readonly settings: Readonly<Record<string, unknown>>;
  /** Keyed hash of the device's address; where the gateway does not say it, of the arrival itself. */
  readonly macHash: string;
  readonly language: Language;
  /** What the method itself carried through the form between its steps (signed by the page, at most 200 characters). */
  readonly step: string | null;
};

/** The outcome of one POST. */
export type Entered =
  | {
      readonly kind: 'admitted';
      /** Whom quotas count against: a keyed hash. */
      readonly subjectHash: string;
      /** Instead of the offered plan. */
      readonly planId?: string | null;
      /** Where the person gave a number that was checked. */
      readonly phoneHash?: string;
      /** The same device may enter again without a page until then, UTC ms. */
      readonly reentryUntil: number | null;
      /** Not beyond this moment, whatever the plan says (a voucher's end), UTC ms. */
      readonly notAfter?: number;
    }
  /** The page is shown again with the next thing that is asked. */
  | { readonly kind: 'next'; readonly step: string; readonly notice: string }
  | { readonly kind: 'refused'; readonly refusal: Refusal; readonly field?: string; readonly retryAfterMs?: number };

export type MethodTools = {
  readonly inventory: Inventory;
  readonly keys: PortalKeys;
  readonly clock: Clock;
  readonly log: Log;
  /** Sends a text to a number at once, over the channel of these settings. @throws ChannelError */
  readonly sendText: (channelId: string, to: string, text: string, id: string) => Promise<void>;
};

/** A way in: one file of `captive-portal/methods`, whose name is the id. */
export type Method = PortalKind & {
  /** Its part of the page: labelled fields and one button, no script. Field names begin with the id of the method. */
  form(
    entering: Entering,
    shown: {
      readonly refused: { readonly refusal: Refusal; readonly field?: string } | null;
      readonly notice: string | null;
      readonly form: URLSearchParams;
    },
  ): Html;
  enter(entering: Entering, form: URLSearchParams, tools: MethodTools): Promise<Entered>;
};

export type Methods = ReadonlyMap<string, Method>;

export const loadMethods = (): Promise<Methods> =>
  loadFolder(new URL('./methods/', import.meta.url), (module, id) => {
    const method = module['method'];
    if (typeof method !== 'object' || method === null || !('enter' in method))
      throw new TypeError(`captive-portal/methods/${id} exports no method`);
    return method as Method;
  });
