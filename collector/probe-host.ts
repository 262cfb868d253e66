import { identify } from './identify.ts';
import type { DeviceIdentity } from './identity.ts';
import type { ProbeReading, Profiles } from './profile.ts';
import { countBadReadings } from './snmp/bad-reading.ts';
import { createSnmpClient, type SnmpClient, type SnmpClientOptions, type SnmpTarget } from './snmp/client.ts';
import { createWalkPace, DEFAULT_WALK_LIMITS } from './snmp/walk.ts';

/** What `simpul probe HOST --json` prints. Counters are decimal strings; null is what the device does not tell. */
export type ProbeReport = {
  readonly device: DeviceIdentity;
  readonly interfaces: readonly {
    readonly index: number;
    readonly name: string;
    /** ifAlias, else ifDescr, else the name; the inventory keeps what the device says alone. */
    readonly alias: string;
    readonly type: string;
    /** 0 is what the device says of a port without bandwidth. */
    readonly speedBps: number | null;
    readonly adminStatus: string | null;
    readonly operStatus: string | null;
    readonly mtu: number | null;
    readonly mac: string | null;
    readonly inOctets: string | null;
    readonly outOctets: string | null;
    readonly inErrors: string | null;
    readonly outErrors: string | null;
    readonly inDiscards: string | null;
    readonly outDiscards: string | null;
  }[];
  readonly readings: readonly ProbeReading[];
  /** Bad readings met on the way, by reason; absent where there were none. */
  readonly badReadings?: Readonly<Record<string, number>>;
};

/** Asks one device once over SNMP. @throws ProbeError */
export async function probeHost(
  target: SnmpTarget,
  profiles: Profiles,
  openClient: (options: SnmpClientOptions) => SnmpClient = createSnmpClient,
): Promise<ProbeReport> {
  const bad = countBadReadings();
  const client = openClient({ count: bad.count });
  try {
    const walker = { client, target, pace: createWalkPace(), limits: DEFAULT_WALK_LIMITS, count: bad.count };
    const { device, interfaces, readings } = await identify(walker, profiles);
    const badReadings = bad.snapshot();
    return {
      device,
      interfaces: interfaces.map(({ octetBits, hasDiscontinuity, hasNoSpeed, own, descr, ...port }) => ({
        ...port,
        alias: port.alias || descr || port.name,
        speedBps: hasNoSpeed ? 0 : port.speedBps,
        ...decimals(port),
      })),
      readings,
      ...(Object.keys(badReadings).length === 0 ? {} : { badReadings }),
    };
  } finally {
    await client.close();
  }
}

type Counters = Readonly<
  Record<'inOctets' | 'outOctets' | 'inErrors' | 'outErrors' | 'inDiscards' | 'outDiscards', bigint | null>
>;

/** Counters of a port as the report has them. */
export const decimals = ({ inOctets, outOctets, inErrors, outErrors, inDiscards, outDiscards }: Counters) => ({
  inOctets: decimal(inOctets),
  outOctets: decimal(outOctets),
  inErrors: decimal(inErrors),
  outErrors: decimal(outErrors),
  inDiscards: decimal(inDiscards),
  outDiscards: decimal(outDiscards),
});

const decimal = (counter: bigint | null): string | null => counter?.toString() ?? null;
