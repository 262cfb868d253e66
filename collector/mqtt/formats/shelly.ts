import { defineStatusFormat } from '../status-format.ts';

/**
 * Both generations: the first one says single values under `shellies/ID/`, the second whole objects under `PREFIX/status`
 * and what changed under `PREFIX/events/rpc`.
 */
export const format = defineStatusFormat({
  title: { id: 'Shelly', en: 'Shelly' },
  topicExample: 'shellies/shellyplug-s-1A2B3C',
  // The first generation speaks each 30 s, the second each minute with what it measures.
  maxAgeS: 200,
  publishes: ['%', '%/#'],
  life: [{ topic: '%/online', online: ['true'], offline: ['false'] }],
  values: [
    { topic: '%/announce', isSkipped: true },
    { topic: '%/rpc', isSkipped: true },
    { topic: '%/command/#', isSkipped: true },
    { topic: '%/+/+/command', isSkipped: true },
    { topic: '%/input_event/+', isSkipped: true },
    { topic: '%/events/rpc', root: 'params' },
    { topic: '%/status/+' },
    { topic: '%/info' },
    { topic: '%/#' },
  ],
  fields: {
    // °F beside °C, and moments: the same thing once more, or none.
    tf: 'skip',
    temperature_f: 'skip',
    ts: 'skip',
    unixtime: 'skip',
    minute_ts: 'skip',
    id: 'skip',
    tc: { group: 'sensor', class: 'temperature' },
    // In `info` of the first generation it stands alone, in `status/sys` of the second too.
    uptime: 'uptime',
    'sys/uptime': 'uptime',
    'sensor/battery': { group: 'sensor', class: 'charge' },
    'battery/percent': { group: 'sensor', class: 'charge' },
    'battery/v': { group: 'sensor', class: 'voltage' },
    rh: { group: 'sensor', class: 'humidity' },
    total: { unit: 'Wh' },
    energy: { unit: 'Wmin' },
  },
  identity: [{ topic: '%/announce', fields: { model: ['model'], version: ['fw_ver'], serial: ['mac'] } }],
});
