import { defineStatusFormat } from '../status-format.ts';

/** Sonoff and many other plugs and sensors with free firmware. Full topic `%prefix%/%topic%/` or the other way round. */
export const format = defineStatusFormat({
  title: { id: 'Tasmota', en: 'Tasmota' },
  topicExample: 'tasmota_3D5E26',
  // TelePeriod is 300 s where nobody changed it.
  maxAgeS: 660,
  publishes: ['tele/%/#', 'stat/%/#', '%/tele/#', '%/stat/#'],
  subscribes: ['cmnd/%/#', '%/cmnd/#'],
  life: [
    { topic: 'tele/%/LWT', online: ['online'], offline: ['offline'] },
    { topic: '%/tele/LWT', online: ['online'], offline: ['offline'] },
  ],
  values: [
    { topic: 'tele/%/STATE' },
    { topic: 'tele/%/SENSOR' },
    { topic: 'tele/%/RESULT' },
    { topic: 'stat/%/RESULT' },
    { topic: 'tele/%/INFO1' },
    { topic: 'tele/%/INFO2' },
    { topic: 'tele/%/INFO3' },
    { topic: 'tele/%/+' },
    { topic: 'stat/%/+' },
    { topic: '%/tele/STATE' },
    { topic: '%/tele/SENSOR' },
    { topic: '%/tele/RESULT' },
    { topic: '%/stat/RESULT' },
    { topic: '%/tele/+' },
    { topic: '%/stat/+' },
  ],
  fields: {
    uptimesec: 'uptime',
    // Firmware of 2017 counts hours here; a duration is told apart by its form.
    uptime: (value) => (typeof value === 'string' ? 'uptime' : 'skip'),
    epoch: 'skip',
    // RSSI is a quality of 0 to 100 here, and Signal what others call RSSI.
    'wifi/rssi': { group: 'wireless', class: 'quality' },
    'wifi/signal': { group: 'wireless', class: 'rssi' },
    'wifi/channel': { group: 'wireless', class: 'channel' },
    'ibeacon/rssi': { group: 'wireless', class: 'rssi' },
    'energy/total': { unit: 'kWh' },
    'energy/today': { unit: 'kWh' },
    'energy/yesterday': { unit: 'kWh' },
    apparentpower: { unit: 'VA' },
    reactivepower: { unit: 'var' },
    dewpoint: { unit: '°C' },
    pressure: { unit: '' },
    illuminance: { unit: 'lx' },
  },
  identity: [
    { topic: 'tele/%/INFO1', fields: { model: ['Module'], version: ['Version'] } },
    { topic: 'tele/%/INFO1', fields: { model: ['Info1', 'Module'], version: ['Info1', 'Version'] } },
  ],
});
