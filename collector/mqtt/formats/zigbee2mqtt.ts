import { defineStatusFormat } from '../status-format.ts';

/** A Zigbee device behind the bridge (`BASE/NAME`), or the bridge itself (`BASE/bridge`). */
export const format = defineStatusFormat({
  title: { id: 'Zigbee2MQTT', en: 'Zigbee2MQTT' },
  topicExample: 'zigbee2mqtt/door_shelter_04',
  topicPattern: /\//,
  // Sensors with a battery report once an hour at the least.
  maxAgeS: 7_800,
  publishes: ['%', '%/#'],
  subscribes: [],
  // Without its bridge nothing is heard of a device.
  overhears: ['^/bridge/state'],
  life: [
    { topic: '%/availability', online: ['online'], offline: ['offline'], field: 'state' },
    { topic: '%/state', online: ['online'], offline: ['offline'], field: 'state' },
    { topic: '^/bridge/state', online: ['online'], offline: ['offline'], field: 'state', isOther: true },
  ],
  values: [
    { topic: '%/set/#', isSkipped: true },
    { topic: '%/get/#', isSkipped: true },
    { topic: '%/info', isSkipped: true },
    { topic: '%/devices', isSkipped: true },
    { topic: '%/groups', isSkipped: true },
    { topic: '%/definitions', isSkipped: true },
    { topic: '%/logging', isSkipped: true },
    { topic: '%' },
    { topic: '%/+' },
  ],
  fields: {
    battery: { group: 'sensor', class: 'charge' },
    // Of a battery in mV, of the mains in V.
    voltage: (value) => ({
      group: 'sensor',
      class: 'voltage',
      ...(typeof value === 'number' && value >= 1_000 ? { scale: 0.001 } : {}),
    }),
    energy: { unit: 'kWh' },
    last_seen: 'skip',
  },
  identity: [{ topic: '%/info', fields: { version: ['version'] } }],
});
