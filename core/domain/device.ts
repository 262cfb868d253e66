/** Id of a probe, a file of `collector/probes`: which one tells that a device lives. */
export const PROBE_ID = '^[a-z][a-z0-9-]{0,39}$';

/** Kinds of devices that are services: what an agency offers over the network. */
export const SERVICE_KINDS: readonly string[] = ['camera', 'web-site'];

export const OPER_STATUSES = ['up', 'down', 'testing', 'unknown', 'dormant', 'notPresent', 'lowerLayerDown'] as const;
/** ifOperStatus by name (IF-MIB, RFC 2863). */
export type OperStatus = (typeof OPER_STATUSES)[number];
