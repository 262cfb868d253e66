import { MINUTE } from '../../../../../core/domain/clock.ts';
import { cpuPercentOf, diskPercentAt, memoryPercentOf } from '../../../model/load.ts';
import { noise } from '../../../model/noise.ts';
import { hardwareOf } from '../../../network-builder.ts';
import type { DeviceState } from '../../device-state.ts';
import { durationText, id, type Menus } from './menu.ts';

/** The board, its processors, memory, sensors and clock, and what it sees of others. */
export const systemMenus: Menus = {
  '/system/resource': (state, at) => {
    const { version, processors, storages, model } = hardwareOf(state.device);
    const { load } = state.device;
    const bytes = (kind: string): number => {
      const storage = storages.find((one) => one.kind === kind);
      return storage === undefined ? 0 : storage.unitBytes * storage.units;
    };
    const [ram, disk] = [bytes('ram'), bytes('fixed-disk')];
    return [
      {
        uptime: durationText(at - state.life().bootAt),
        version: `${version} (stable)`,
        'board-name': model,
        'architecture-name': 'arm',
        'cpu-count': String(processors.length),
        'cpu-load': String(cpuPercentOf(load, state.load(at), at)),
        'total-memory': String(ram),
        'free-memory': String(Math.floor(ram * (1 - memoryPercentOf(load, state.load(at), at) / 100))),
        'total-hdd-space': String(disk),
        'free-hdd-space': String(Math.floor(disk * (1 - diskPercentAt(load, at) / 100))),
        'bad-blocks': '0',
        platform: 'MikroTik',
      },
    ];
  },
  '/system/resource/cpu': (state, at) =>
    hardwareOf(state.device).processors.map((_, position) => ({
      '.id': id(position),
      cpu: `cpu${position}`,
      load: String(cpuPercentOf(state.device.load, state.load(at), at, position)),
    })),
  '/system/identity': ({ device }) => [{ name: device.code }],
  '/system/routerboard': ({ device }) => {
    const { model, version } = hardwareOf(device);
    return [
      {
        routerboard: 'true',
        model,
        'serial-number': device.serial,
        'current-firmware': version,
        'upgrade-firmware': version,
      },
    ];
  },
  '/system/health': ({ device, load }, at) => [
    {
      '.id': id(13),
      name: 'voltage',
      value: (23.4 + noise(device.load.seed, Math.floor(at / MINUTE))).toFixed(1),
      type: 'V',
    },
    { '.id': id(14), name: 'temperature', value: String(Math.round(38 + 14 * load(at))), type: 'C' },
  ],
  '/system/package/update': ({ device }) => {
    const { version } = hardwareOf(device);
    return [{ channel: 'stable', 'installed-version': version, 'latest-version': version }];
  },
  '/system/clock': (_state, at) => {
    const [date = '', time = ''] = new Date(at + 7 * 60 * MINUTE).toISOString().split(/[T.]/);
    return [{ date, time, 'time-zone-name': 'Asia/Jakarta', 'gmt-offset': '+07:00' }];
  },
  '/system/ntp/client': (state, at) => [
    {
      enabled: 'true',
      status: 'synchronized',
      'system-offset': (4 * noise(state.device.load.seed ^ 0x41, Math.floor(at / MINUTE)) - 2).toFixed(3),
    },
  ],
  '/tool/netwatch': (state) => [
    { '.id': id(1), host: '192.0.2.1', comment: 'pusat data', disabled: 'false', status: isCut(state) ? 'down' : 'up' },
  ],
};

const isCut = (state: DeviceState): boolean => state.life().cuts.some(({ to }) => to === null);
