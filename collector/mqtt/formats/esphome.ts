import { defineStatusFormat } from '../status-format.ts';

export const format = defineStatusFormat({
  title: { id: 'ESPHome', en: 'ESPHome' },
  topicExample: 'kg-sensor',
  // Sensors speak each 60 s where nobody chose otherwise, and some only on change.
  maxAgeS: 300,
  publishes: ['%', '%/#'],
  life: [{ topic: '%/status', online: ['online'], offline: ['offline'] }],
  values: [
    { topic: '%/debug', isSkipped: true },
    { topic: '%/+/+/command', isSkipped: true },
    { topic: '%/+/+/state' },
    { topic: '%/+/+' },
  ],
  fields: { wifi_signal: { group: 'wireless', class: 'rssi' }, uptime: 'uptime' },
});
