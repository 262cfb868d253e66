import type { TObject } from 'typebox';

/** A family of gateways or a way in, as the inventory and the screens see it: enough to keep its settings and draw them. */
export type PortalKind = {
  readonly title: { readonly id: string; readonly en: string };
  readonly settings: TObject;
  /** Settings that are shown to nobody and leave the store only as `Secret`. */
  readonly secrets: readonly string[];
  /** What the schema alone cannot say. @returns the setting at fault and the reason, or null */
  readonly check?: (settings: Readonly<Record<string, unknown>>) => { field: string; reason: string } | null;
};

export type PortalKinds = ReadonlyMap<string, PortalKind>;

/** The two open sets of the captive portal, by id: files of `captive-portal/gateways` and `captive-portal/methods`. */
export type PortalRegistry = { readonly gateways: PortalKinds; readonly methods: PortalKinds };
