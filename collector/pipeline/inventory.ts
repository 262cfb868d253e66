import type { Inventory } from '../../core/stores/inventory/inventory.ts';

/** The part of the inventory that the collector lives on. */
export type CollectorInventory = {
  readonly devices: Pick<Inventory['devices'], 'targets' | 'identify'>;
  readonly credentials: Pick<Inventory['credentials'], 'open'>;
  readonly interfaces: Pick<Inventory['interfaces'], 'replace' | 'setStates'>;
  readonly findings: Pick<Inventory['findings'], 'save'>;
  readonly statuses: Pick<Inventory['statuses'], 'all' | 'recordTransitions' | 'recordLate' | 'touch'>;
  readonly heartbeats: Pick<Inventory['heartbeats'], 'get' | 'beat'>;
};
