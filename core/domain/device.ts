/** Which probe tells that a device lives: ICMP echo, a TCP connection, or SNMP sysUpTime. */
export const REACHABILITY_PROBES = ['icmp', 'tcp', 'snmp'] as const;
export type ReachabilityProbe = (typeof REACHABILITY_PROBES)[number];

export const OPER_STATUSES = ['up', 'down', 'testing', 'unknown', 'dormant', 'notPresent', 'lowerLayerDown'] as const;
/** ifOperStatus by name (IF-MIB, RFC 2863). */
export type OperStatus = (typeof OPER_STATUSES)[number];
