import { randomUUID } from 'node:crypto';

/** A good call of each contract of lists, search, start screen and topology, for the walk over all contracts. */
export const listCalls = (region: string, deviceId: string) => ({
  getNow: () => ({ query: { region }, outside: 404 }),
  search: () => ({ query: { region, q: 'hotspot' } }),
  getTopology: () => ({ query: { region }, outside: 404 }),
  getTopologyNow: () => ({ query: { region }, outside: 404 }),
  listVillages: () => ({ query: { region } }),
  getListFile: () => ({ params: { list: 'devices' }, query: { region } }),
  changeDevices: () => ({ payload: { deviceIds: [deviceId], change: { pollIntervalS: 30 } }, outside: 404 }),
  // Only who made it: of anybody else there is none.
  undoBatch: () => ({ params: { batchId: randomUUID() }, answer: 404 }),
  listViews: () => ({ query: { screen: 'devices' } }),
  saveView: () => ({ payload: { screen: 'devices', name: 'Putus', search: { state: 'down' }, isShared: false } }),
  deleteView: () => ({ params: { viewId: randomUUID() }, answer: 404 }),
});
