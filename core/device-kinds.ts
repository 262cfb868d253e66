import type { StatePolicy } from './domain/next-state.ts';
import { loadFolder } from './load-folder.ts';

/** A kind of device as data: one file of `core/kinds`, whose name is the id. */
export type DeviceKindInfo = {
  readonly title: { readonly id: string; readonly en: string };
  /** Name of an icon of the web's set. */
  readonly icon: string;
  /** What its page shows first; ids of `core/domain/metrics.ts`. */
  readonly metrics: readonly string[];
  /** Whether a site's state follows from its devices of this kind; true unless said otherwise. */
  readonly countsForSite?: boolean;
  /** Where it differs from the default of when a device counts as degraded or down. */
  readonly thresholds?: Partial<StatePolicy>;
};

export type DeviceKinds = ReadonlyMap<string, DeviceKindInfo>;

/** Every device kind, by id. */
export const loadDeviceKinds = (): Promise<DeviceKinds> =>
  loadFolder(new URL('./kinds/', import.meta.url), (module, id) => {
    if (!isKind(module['kind'])) throw new TypeError(`core/kinds/${id} exports no kind`);
    return module['kind'];
  });

const isKind = (value: unknown): value is DeviceKindInfo =>
  typeof value === 'object' && value !== null && 'title' in value && 'icon' in value && 'metrics' in value;
