import type { Profile } from '../profile.ts';
import { readingColumns } from '../readings/reading-columns.ts';

const CNPILOT = '1.3.6.1.4.1.17713.22.1';
const AP = `${CNPILOT}.1.1.1`;
const RADIO = `${CNPILOT}.2.1`;

/** The access point as a whole (CAMBIUM-MIB, cambiumAccessPointEntry). */
const accessPoint = readingColumns([
  { group: 'wireless', class: 'clients', value: `${AP}.14`, label: { text: 'Clients' } },
  { group: 'usage', class: 'processor', value: `${AP}.6`, label: { text: 'Processor' }, inText: true },
]);

/** Each radio (cambiumRadioTable); some columns are texts. */
const radios = readingColumns([
  { group: 'wireless', class: 'clients', id: 'radio', value: `${RADIO}.5`, label: { text: 'Radio' } },
  { group: 'wireless', class: 'channel', value: `${RADIO}.6`, label: { text: 'Radio' }, inText: true, absent: [0] },
  { group: 'wireless', class: 'power', value: `${RADIO}.8`, label: { text: 'Transmit power' }, inText: true },
  {
    group: 'wireless',
    class: 'noise-floor',
    value: `${RADIO}.16`,
    label: { text: 'Radio' },
    inText: true,
    absent: [0],
  },
]);

/** Enterprise access points: cnPilot E, XV, XE. */
export const profile: Profile = {
  match: [{ objectId: '1.3.6.1.4.1.17713.22' }],
  identity: {
    vendor: [{ text: 'Cambium' }],
    os: [{ text: 'cnpilote' }],
    model: [{ oid: `${AP}.5.0` }, { from: 'sysDescr', pattern: /cnPilot (\S+)/i }],
    version: [{ oid: `${AP}.8.0` }],
    serial: [{ oid: `${AP}.4.0` }],
  },
  readings: [accessPoint, radios],
};
