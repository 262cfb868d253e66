import { expect, test } from 'vitest';
import { unifiNetworks } from '../../../collector/readings/unifi-networks.ts';
import { gauge, NO_CONTEXT, tableOf, text } from '../../support/snmp-table.ts';

const network = (essid: string, radio: string, stations: number, channel: number) => ({
  essid: text(essid),
  radio: text(radio),
  stations: gauge(stations),
  channel: gauge(channel),
  txPower: gauge(20),
});

test('clients are counted by network and by radio', () => {
  const rows = tableOf({
    '1': network('Kampung', 'ng', 3, 6),
    '2': network('Kampung', 'na', 4, 36),
    '3': network('Kantor', 'na', 1, 36),
  });

  const clients = unifiNetworks.read(rows, NO_CONTEXT).filter(({ class: name }) => name === 'clients');

  expect(clients.map(({ index, value }) => [index, value])).toEqual([
    ['network.Kampung', 7],
    ['network.Kantor', 1],
    ['radio.ng', 3],
    ['radio.na', 5],
  ]);
});

test('each radio gives its frequency and power once', () => {
  const rows = tableOf({
    '1': network('A', 'na', 0, 36),
    '2': network('B', 'na', 0, 36),
    '3': network('A', '6e', 0, 37),
  });

  const frequencies = unifiNetworks.read(rows, NO_CONTEXT).filter(({ class: name }) => name === 'frequency');

  expect(frequencies.map(({ index, value, unit }) => [index, value, unit])).toEqual([
    ['na', 5180, 'MHz'],
    ['6e', 6135, 'MHz'],
  ]);
});

test('rows in which everything is missing give nothing', () => {
  const rows = tableOf({ '1': {}, '2': { essid: text('Kampung') }, '3': { radio: text('ng') } });

  const readings = unifiNetworks.read(rows, NO_CONTEXT);

  expect(readings).toEqual([]);
});

test('a share of good frames above all is all', () => {
  const rows = tableOf({
    '1': { essid: text('Kampung'), ccq: gauge(991) },
    '2': { essid: text('Kantor'), ccq: gauge(1_005) },
  });

  const readings = unifiNetworks.read(rows, NO_CONTEXT);

  expect(readings.map(({ value }) => value)).toEqual([99.1, 100]);
});
