import { expect, test } from 'vitest';
import { powerNetUps } from '../../../collector/readings/power-net-ups.ts';
import {
  batteryCharge,
  batteryTemperature,
  batteryVoltage,
  mainsFrequency,
  mainsVoltage,
  upsLines,
} from '../../../collector/readings/ups-mib.ts';
import { xups } from '../../../collector/readings/xups.ts';
import { gauge, NO_CONTEXT, tableOf } from '../../support/snmp-table.ts';

const UPS_MIB = '1.3.6.1.2.1.33.1';

test('figures that a card gives in a tenth of the wanted unit come out in it', () => {
  const asWanted = [
    mainsVoltage(230),
    mainsFrequency(500),
    batteryVoltage(545),
    batteryTemperature(25),
    batteryCharge(98),
  ];

  const otherwise = [
    mainsVoltage(2_312),
    mainsFrequency(50),
    mainsFrequency(4_998),
    batteryVoltage(54),
    batteryTemperature(250),
    batteryCharge(1_000),
  ];

  expect(asWanted).toEqual([230, 50, 54.5, 25, 98]);
  expect(otherwise).toEqual([231.2, 50, 49.98, 54, 25, 100]);
});

test('a UPS that says nothing, or that it has none, gives no reading of it', () => {
  const nothing = tableOf({});
  const none = tableOf({ 1: { [`${UPS_MIB}.4.4.1.2`]: { type: 'integer', value: -1 } } });

  const readings = [nothing, none].map((rows) => upsLines.read(rows, NO_CONTEXT));

  expect(readings).toEqual([[], []]);
});

test('whole figures give way to those in tenths', () => {
  const both = tableOf({
    0: { '1.3.6.1.4.1.318.1.1.1.2.2.1': gauge(97), '1.3.6.1.4.1.318.1.1.1.2.3.1': gauge(974) },
  });
  const wholeAlone = tableOf({ 0: { '1.3.6.1.4.1.318.1.1.1.2.2.1': gauge(97) } });

  const charges = [both, wholeAlone].map((rows) =>
    powerNetUps.flatMap((table) => table.read(rows, NO_CONTEXT)).map(({ class: name, value }) => [name, value]),
  );

  expect(charges).toEqual([[['charge', 97.4]], [['charge', 97]]]);
});

test("a maker's own MIB is silent on what the standard one tells, and speaks where that is missing", () => {
  const own = { '1.3.6.1.4.1.534.1.4.4.1.2': gauge(230), '1.3.6.1.4.1.534.1.4.4.1.3': gauge(5) };
  const beside = tableOf({ 1: { ...own, [`${UPS_MIB}.4.4.1.2`]: gauge(231), [`${UPS_MIB}.4.4.1.3`]: gauge(52) } });
  const alone = tableOf({ 1: own });

  const values = [beside, alone].map((rows) =>
    xups.flatMap((table) => table.read(rows, NO_CONTEXT)).map(({ class: name, value }) => [name, value]),
  );

  expect(values[0]).toEqual([]);
  expect(values[1]).toEqual([
    ['voltage', 230],
    ['current', 5],
  ]);
});
