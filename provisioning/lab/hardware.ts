/** IANAifType numbers. */
export const IF_TYPE = { loopback: 24, ethernet: 6, wifi: 71, bridge: 209, vlan: 136 } as const;

/**
 * A port of a model.
 * `uplink` carries all traffic (in = down), `users` a share of it (out = down), `bridge` sums the users' side,
 * `idle` has no cable.
 */
export type PortModel = {
  readonly index: number;
  readonly name: string;
  readonly type: number;
  readonly mbps: number;
  readonly role: 'uplink' | 'users' | 'bridge' | 'idle';
  /** Of the users' traffic; the shares of a model's `users` ports add up to 1. */
  readonly share: number;
};

/** A row of hrStorageTable; `kind` names its hrStorageType. */
type StorageModel = {
  readonly index: number;
  readonly name: string;
  readonly kind: 'ram' | 'fixed-disk';
  readonly unitBytes: number;
  readonly units: number;
};

export type HardwareModel = {
  readonly vendor: string;
  readonly model: string;
  readonly version: string;
  readonly sysDescr: string;
  readonly sysObjectId: string;
  readonly macPrefix: string;
  readonly ports: readonly PortModel[];
  /** Indices of hrProcessorTable. */
  readonly processors: readonly number[];
  readonly storages: readonly StorageModel[];
  /** Which MIB tells the clients of its Wi-Fi. */
  readonly wireless: 'mikrotik' | 'unifi' | null;
};

const port = (
  index: number,
  name: string,
  role: PortModel['role'],
  options: Partial<Pick<PortModel, 'type' | 'mbps' | 'share'>> = {},
): PortModel => ({
  index,
  name,
  role,
  type: options.type ?? IF_TYPE.ethernet,
  mbps: options.mbps ?? 1000,
  share: options.share ?? 0,
});
const wifi = (index: number, name: string, share: number, mbps: number): PortModel =>
  port(index, name, 'users', { type: IF_TYPE.wifi, share, mbps });
const bridge = (index: number, name = 'bridge'): PortModel =>
  port(index, name, 'bridge', { type: IF_TYPE.bridge, mbps: 0 });
/** Ethernet ports numbered on from `index`: the first `used` share the users' traffic, the others are idle. */
const ethernet = (index: number, count: number, used: number, name: (n: number) => string, mbps = 1000): PortModel[] =>
  Array.from({ length: count }, (_, n) =>
    port(index + n, name(n), n < used ? 'users' : 'idle', { share: n < used ? 1 / used : 0, mbps }),
  );

const mikrotik = (
  model: string,
  ports: readonly PortModel[],
  { cores, ramMiB, diskMiB, hasWifi = false }: { cores: number; ramMiB: number; diskMiB: number; hasWifi?: boolean },
): HardwareModel => ({
  vendor: 'MikroTik',
  model,
  version: '7.16.2',
  sysDescr: `RouterOS ${model}`,
  sysObjectId: '1.3.6.1.4.1.14988.1',
  macPrefix: '78:9a:18',
  ports,
  processors: Array.from({ length: cores }, (_, index) => index + 1),
  storages: [
    { index: 65_536, name: 'main memory', kind: 'ram', unitBytes: 1024, units: ramMiB * 1024 },
    { index: 131_072, name: 'system disk', kind: 'fixed-disk', unitBytes: 1024, units: diskMiB * 1024 },
  ],
  wireless: hasWifi ? 'mikrotik' : null,
});

const unifi = (model: string, ports: readonly PortModel[], ramMiB: number): HardwareModel => ({
  vendor: 'Ubiquiti',
  model,
  version: '6.6.77.15402',
  sysDescr: `${model} 6.6.77.15402`,
  sysObjectId: '1.3.6.1.4.1.41112',
  macPrefix: '9c:05:d6',
  ports,
  processors: [196_608],
  storages: [
    { index: 1, name: 'Physical memory', kind: 'ram', unitBytes: 1024, units: ramMiB * 1024 },
    { index: 31, name: '/tmp', kind: 'fixed-disk', unitBytes: 4096, units: 8 * 1024 },
  ],
  wireless: 'unifi',
});

const ether = (first: number) => (n: number) => `ether${first + n}`;

/** What the lab's devices are. Descriptions and object ids are those such devices give; ten ports at most. */
export const HARDWARE = {
  'hap-ac-lite': mikrotik(
    'RB952Ui-5ac2nD',
    [
      port(1, 'ether1', 'uplink', { mbps: 100 }),
      ...ethernet(2, 4, 0, ether(2), 100),
      wifi(6, 'wlan1', 0.4, 300),
      wifi(7, 'wlan2', 0.6, 433),
      bridge(8),
    ],
    { cores: 1, ramMiB: 64, diskMiB: 16, hasWifi: true },
  ),
  'wap-ac': mikrotik(
    'RBwAPG-5HacT2HnD',
    [port(1, 'ether1', 'uplink'), wifi(2, 'wlan1', 0.45, 300), wifi(3, 'wlan2', 0.55, 1300), bridge(4)],
    { cores: 1, ramMiB: 64, diskMiB: 16, hasWifi: true },
  ),
  'cap-lite': mikrotik(
    'RBcAPL-2nD',
    [port(1, 'ether1', 'uplink', { mbps: 100 }), wifi(2, 'wlan1', 1, 300), bridge(3)],
    { cores: 1, ramMiB: 64, diskMiB: 16, hasWifi: true },
  ),
  rb951: mikrotik(
    'RB951Ui-2HnD',
    [
      port(1, 'ether1', 'uplink', { mbps: 100 }),
      ...ethernet(2, 4, 0, ether(2), 100),
      wifi(6, 'wlan1', 1, 300),
      bridge(7),
    ],
    { cores: 1, ramMiB: 128, diskMiB: 128, hasWifi: true },
  ),
  'ltap-mini': mikrotik(
    'RB912R-2nD-LTm',
    [
      port(1, 'ether1', 'idle', { mbps: 100 }),
      wifi(2, 'wlan1', 1, 300),
      port(3, 'lte1', 'uplink', { type: 1, mbps: 150 }),
      bridge(4),
    ],
    { cores: 1, ramMiB: 64, diskMiB: 16, hasWifi: true },
  ),
  'u6-lite': unifi(
    'U6-Lite',
    [port(2, 'eth0', 'uplink'), wifi(6, 'ra0', 0.3, 300), wifi(7, 'rai0', 0.7, 1201), bridge(11, 'br0')],
    256,
  ),
  'uap-ac-mesh': unifi(
    'UAP-AC-Mesh',
    [port(2, 'eth0', 'uplink'), wifi(6, 'ath0', 0.45, 300), wifi(7, 'ath1', 0.55, 867), bridge(11, 'br0')],
    128,
  ),
  rb3011: mikrotik('RB3011UiAS', [port(1, 'sfp1', 'uplink'), ...ethernet(2, 8, 4, ether(1)), bridge(10)], {
    cores: 2,
    ramMiB: 1024,
    diskMiB: 128,
  }),
  hex: mikrotik(
    'RB760iGS',
    [port(1, 'ether1', 'idle'), ...ethernet(2, 4, 2, ether(2)), port(6, 'sfp1', 'uplink'), bridge(7)],
    { cores: 4, ramMiB: 256, diskMiB: 16 },
  ),
  crs326: mikrotik(
    'CRS326-24G-2S+',
    [port(1, 'sfp-sfpplus1', 'uplink', { mbps: 10_000 }), ...ethernet(2, 8, 7, ether(1)), bridge(10)],
    { cores: 1, ramMiB: 512, diskMiB: 16 },
  ),
  crs317: mikrotik(
    'CRS317-1G-16S+',
    [
      port(1, 'sfp-sfpplus1', 'uplink', { mbps: 10_000 }),
      ...ethernet(2, 8, 5, (n) => `sfp-sfpplus${n + 2}`, 10_000),
      bridge(10),
    ],
    { cores: 2, ramMiB: 1024, diskMiB: 16 },
  ),
  ccr2004: mikrotik(
    'CCR2004-1G-12S+2XS',
    [
      port(1, 'ether1', 'idle'),
      port(2, 'sfp28-1', 'uplink', { mbps: 25_000 }),
      ...ethernet(3, 7, 6, (n) => `sfp-sfpplus${n + 1}`, 10_000),
      bridge(10),
    ],
    { cores: 4, ramMiB: 4096, diskMiB: 128 },
  ),
  rb4011: mikrotik(
    'RB4011iGS+',
    [port(1, 'sfp-sfpplus1', 'uplink', { mbps: 10_000 }), ...ethernet(2, 8, 5, ether(1)), bridge(10)],
    { cores: 4, ramMiB: 1024, diskMiB: 512 },
  ),
  'lhg-60': mikrotik(
    'RBLHGG-60ad',
    [
      port(1, 'wlan60-1', 'uplink', { type: IF_TYPE.wifi, mbps: 2310 }),
      port(2, 'ether1', 'users', { share: 1 }),
      bridge(3),
    ],
    { cores: 4, ramMiB: 256, diskMiB: 16 },
  ),
} as const satisfies Readonly<Record<string, HardwareModel>>;
export type HardwareId = keyof typeof HARDWARE;
