import { defineStatusFormat } from '../status-format.ts';

/** A LoRaWAN gateway (`REGION/gateway/ID`) or a device of it (`application/ID/device/EUI`); ChirpStack 4 with JSON. */
export const format = defineStatusFormat({
  title: { id: 'ChirpStack (LoRaWAN)', en: 'ChirpStack (LoRaWAN)' },
  topicExample: 'as923_2/gateway/0016c001f153a14c',
  topicPattern: /\//,
  // Gateways tell their counts each 30 s; devices speak when they please, and want a limit of their own.
  maxAgeS: 120,
  publishes: ['%/event/#', '%/state/#'],
  subscribes: ['%/command/#'],
  life: [{ topic: '%/state/conn', online: ['online'], offline: ['offline'], field: 'state' }],
  values: [{ topic: '%/event/stats' }, { topic: '%/event/up' }, { topic: '%/event/status' }],
  fields: {
    gatewayid: 'skip',
    time: 'skip',
    batterylevel: { group: 'sensor', class: 'charge' },
    margin: { unit: 'dB' },
    frequency: { unit: 'Hz' },
  },
});
