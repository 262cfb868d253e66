import { defineStatusFormat } from '../status-format.ts';

const sensor = (kind: string) => ({ group: 'sensor', class: kind }) as const;

/** Solar chargers of EPEver behind EPEver2MQTT: `NAME/EP_1/LiveData/BATT_V`. */
export const format = defineStatusFormat({
  title: { id: 'EPEver (EPEver2MQTT)', en: 'EPEver (EPEver2MQTT)' },
  topicExample: 'EPEver',
  maxAgeS: 180,
  publishes: ['%/#'],
  life: [{ topic: '%/Alive', online: ['true'], offline: ['false'] }],
  values: [
    // What is set, not what is measured.
    { topic: '%/+/DeviceData/#', isSkipped: true },
    { topic: '%/+/DeviceControl/#', isSkipped: true },
    // All in one object, where the firmware was told so.
    { topic: '%/DATA' },
    { topic: '%/#' },
  ],
  fields: {
    device_time: 'skip',
    device_num: 'skip',
    connection: 'skip',
    device_quantity: 'skip',
    device_free_heap: 'skip',
    runtime: 'uptime',
    wifi_rssi: { group: 'wireless', class: 'rssi' },
    esp_vcc: sensor('voltage'),
    solar_2_v: sensor('voltage'),
    solar_2_a: sensor('current'),
    solar_2_w: sensor('power'),
    solar_total_a: sensor('current'),
    solar_total_w: sensor('power'),
    pack_v: sensor('voltage'),
    pack_a: sensor('current'),
    remaining_minutes: sensor('runtime'),
    gen_day: { unit: 'kWh' },
    gen_tot: { unit: 'kWh' },
    cons_day: { unit: 'kWh' },
    cons_tot: { unit: 'kWh' },
    solar_v: sensor('voltage'),
    solar_a: sensor('current'),
    solar_w: sensor('power'),
    batt_v: sensor('voltage'),
    batt_a: sensor('current'),
    batt_w: sensor('power'),
    batt_temp: sensor('temperature'),
    batt_soc: sensor('charge'),
    load_v: sensor('voltage'),
    load_a: sensor('current'),
    load_w: sensor('power'),
    device_temp: sensor('temperature'),
    device_hum: sensor('humidity'),
  },
});
