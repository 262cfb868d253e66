import type { ProbeReading } from '../profile.ts';

/** Unit of each class, by group; classes that are a bare number are absent. */
export const UNITS: Readonly<Record<ProbeReading['group'], Readonly<Record<string, string>>>> = {
  wireless: {
    rssi: 'dBm',
    rsrp: 'dBm',
    power: 'dBm',
    'noise-floor': 'dBm',
    snr: 'dB',
    sinr: 'dB',
    rsrq: 'dB',
    rate: 'bit/s',
    capacity: 'bit/s',
    frequency: 'MHz',
    distance: 'km',
    quality: '%',
    ccq: '%',
    utilization: '%',
    'error-ratio': '%',
  },
  sensor: {
    temperature: '°C',
    humidity: '%',
    charge: '%',
    load: '%',
    percent: '%',
    voltage: 'V',
    current: 'A',
    power: 'W',
    frequency: 'Hz',
    runtime: 'min',
    fanspeed: 'rpm',
    dbm: 'dBm',
    signal: 'dBm',
    snr: 'dB',
    bitrate: 'bit/s',
    delay: 's',
    loss: '%',
  },
  usage: { processor: '%', memory: '%', storage: '%' },
};

/** Empty for a bare number. */
export const unitOf = (group: ProbeReading['group'], name: string): string => UNITS[group][name] ?? '';
