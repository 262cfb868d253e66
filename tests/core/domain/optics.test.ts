import { describe, expect, test } from 'vitest';
import {
  limitsOf,
  MARGIN_DB,
  type NamedReading,
  OPTICAL_POWER,
  type OpticsClass,
  opticsClassOf,
  opticsOf,
} from '../../../core/domain/optics.ts';

const reading = (instance: string, label: string, value: number, metric = OPTICAL_POWER): NamedReading => ({
  metric,
  instance,
  label,
  value,
});
const port = (index: number, name: string) => ({ index, name });
const found = (...args: Parameters<typeof opticsOf>) => {
  const { rx, tx } = opticsOf(...args);
  return [rx?.instance ?? null, tx?.instance ?? null];
};

describe('the kind of optics', () => {
  test.each([
    [1e8, '100BASE-LX10', -25],
    [1e9, '1000BASE-LX10', -19.5],
    [1e10, '10GBASE-LR', -14.4],
    [2.5e10, '25GBASE-LR', -13.3],
  ])('of a port of %s bit/s is %s', (speed, name, low) => {
    expect(opticsClassOf(speed, ['sfp1'])).toMatchObject({ name, rx: { low } });
  });

  test.each([null, 0, 2.5e9, 1e11])('of a port of %s bit/s is not known', (speed) => {
    expect(opticsClassOf(speed, ['sfp1'])).toBeNull();
  });

  test.each([
    ['pon1', 'GPON'],
    ['gpon 0/1', 'GPON'],
    ['EPON0/1', 'GPON'],
    ['xgs-pon1', 'GPON'],
    ['ONU rx power', 'GPON B+'],
    ['ONT 3', 'GPON B+'],
  ])('of a port called %s is %s', (name, kind) => {
    expect(opticsClassOf(1e9, ['', name])?.name).toBe(kind);
  });

  test('is not taken for a terminal by letters within a word', () => {
    expect(opticsClassOf(1e9, ['Response port', 'contact', 'ponder', 'onto'])?.name).toBe('1000BASE-LX10');
  });

  test('has its lines in order, with room for a warning', () => {
    for (const speed of [1e8, 1e9, 1e10, 2.5e10]) {
      const kind = opticsClassOf(speed, []);
      for (const side of ['rx', 'tx'] as const) {
        const { low = 0, high = 0 } = kind?.[side] ?? {};
        expect(high - low).toBeGreaterThan(2 * MARGIN_DB);
      }
    }
  });
});

describe('limits', () => {
  const kind: OpticsClass = { name: 'K', rx: { low: -20, high: -3 }, tx: { low: -9, high: -3 } };

  test('are those of the kind of optics where the device tells none', () => {
    expect(limitsOf(undefined, kind, 'rx')).toEqual({
      low: -20,
      lowWarning: -18,
      highWarning: null,
      high: -3,
      standard: 'K',
    });
    expect(limitsOf(undefined, null, 'rx')).toBeNull();
  });

  test('are the device’s own where it tells them', () => {
    const told = { low: -25, lowWarning: -22, highWarning: -2, high: -1 };

    expect(limitsOf(told, kind, 'rx')).toEqual({ ...told, standard: null });
  });

  test('of warning lie inside those of alarm where the device tells only these', () => {
    expect(limitsOf({ low: -25, high: -1 }, kind, 'rx')).toMatchObject({ low: -25, lowWarning: -23, high: -1 });
  });

  test('of alarm are those of the kind where the device only warns, if they lie further out', () => {
    expect(limitsOf({ lowWarning: -15 }, kind, 'rx')).toMatchObject({ low: -20, lowWarning: -15 });
    expect(limitsOf({ lowWarning: -22 }, kind, 'rx')).toMatchObject({ low: null, lowWarning: -22 });
    expect(limitsOf({ highWarning: -5 }, kind, 'rx')).toMatchObject({ highWarning: -5, high: -3 });
    expect(limitsOf({ highWarning: 2 }, null, 'rx')).toMatchObject({ highWarning: 2, high: null });
  });

  test.each([
    ['zeros', { low: 0, lowWarning: 0, highWarning: 0, high: 0 }],
    ['none', {}],
    ['lines that cross', { low: -3, high: -20 }],
    ['a warning beyond the alarm', { low: -20, lowWarning: -25 }],
    ['darkness', { low: -40, high: -3 }],
    ['what no laser sends', { low: -20, high: 81 }],
    ['both ends the same', { lowWarning: -9, highWarning: -9 }],
  ])('that are %s are not believed', (_, told) => {
    expect(limitsOf(told, kind, 'tx')?.standard).toBe('K');
    expect(limitsOf(told, null, 'tx')).toBeNull();
  });
});

describe('the light of a port', () => {
  const ports = [port(1, 'sfp-sfpplus1'), port(11, 'sfp-sfpplus11'), port(2, 'ether1')];

  test('is found by the name of the port in the label, whole', () => {
    const readings = [
      reading('optical.rx.11', 'sfp-sfpplus11', -9),
      reading('optical.tx.11', 'sfp-sfpplus11', -2),
      reading('optical.rx.1', 'sfp-sfpplus1', -7),
      reading('optical.tx.1', 'sfp-sfpplus1', -3),
    ];

    expect(found(port(1, 'sfp-sfpplus1'), ports, readings)).toEqual(['optical.rx.1', 'optical.tx.1']);
  });

  test('is found by the name where modules are numbered as entities', () => {
    const own = [port(5, 'GigabitEthernet0/0/1'), port(6, 'GigabitEthernet0/0/10')];
    const readings = [
      reading('rx.16842753', 'GigabitEthernet0/0/10 rx power', -9),
      reading('rx.5', 'GigabitEthernet0/0/10 rx power', -11),
      reading('rx.16842817', 'GigabitEthernet0/0/1 rx power', -8),
    ];

    expect(found(port(5, 'GigabitEthernet0/0/1'), own, readings)).toEqual(['rx.16842817', null]);
  });

  test('is found by the words of sensors that have a number only', () => {
    const readings = [
      reading('entity.1007', 'Te1/1/1 Transmit Power Sensor', -2),
      reading('entity.1008', 'Te1/1/1 Receive Power Sensor', -8),
      reading('entity.1009', 'Te1/1/1: Received signal', -8.5),
    ];

    expect(found(port(9, 'Te1/1/1'), [port(9, 'Te1/1/1')], readings)).toEqual(['entity.1009', 'entity.1007']);
  });

  test('is found by the number of the port where labels name none', () => {
    const readings = [reading('rx.1', 'Module 1 rx power', -7), reading('rx.2', 'Module 2 rx power', -8)];

    expect(found(port(2, 'ether1'), ports, readings)).toEqual(['rx.2', null]);
  });

  test('is not that of a row which has its number by chance and another port’s name', () => {
    const readings = [reading('rx.2', 'sfp-sfpplus1 rx power', -7)];

    expect(found(port(2, 'ether1'), ports, readings)).toEqual([null, null]);
  });

  test('is that of the only module of a device which names none of its ports', () => {
    const readings = [reading('rx.0', 'ONU rx power', -21), reading('tx.0', 'ONU tx power', 2)];

    expect(found(port(2, 'ether1'), ports, readings)).toEqual(['rx.0', 'tx.0']);
    expect(found(null, ports, readings)).toEqual(['rx.0', 'tx.0']);
  });

  test('is not guessed among several modules', () => {
    const readings = [reading('rx.7', 'a rx power', -21), reading('rx.8', 'b rx power', -22)];

    expect(found(port(2, 'ether1'), ports, readings)).toEqual([null, null]);
    expect(found(null, ports, readings)).toEqual([null, null]);
  });

  test('of several lanes is the weakest', () => {
    const own = [port(5, '40GE1/0/1')];
    const lanes = [-3, -9.5, -2.8, -3.1].map((value, lane) =>
      reading(`rx-lane-${lane + 1}.77`, `40GE1/0/1 rx power, lane ${lane + 1}`, value),
    );

    expect(opticsOf(port(5, '40GE1/0/1'), own, lanes).rx?.value).toBe(-9.5);
  });

  test('is not what a subscriber’s terminal behind it sends or tells', () => {
    const own = [port(3, 'gpon0/1')];
    const readings = [
      reading('rxAtOlt.3', 'gpon0/1 rx power at the OLT', -24),
      reading('rx.3.1', 'gpon0/1:1 rx power', -22),
      reading('tx.3', 'gpon0/1 tx power', 4),
    ];

    expect(found(port(3, 'gpon0/1'), own, readings)).toEqual([null, 'tx.3']);
  });

  test('keeps the limits that the device tells', () => {
    const limits = { low: -20, high: -3 };

    const { rx } = opticsOf(port(1, 'sfp1'), [], [{ ...reading('rx.1', 'sfp1', -7), limits }]);

    expect(rx?.limits).toEqual(limits);
  });

  test.each(['signal', 'temperature', ''])('is none of readings that are called %s', (label) => {
    expect(found(port(1, 'sfp1'), [], [reading('legacy.0', label, -70)])).toEqual([null, null]);
  });
});

describe('a cage without a module', () => {
  const one = port(1, 'sfp1');
  const light = (value: number) => reading('optical.rx.1', 'sfp1', value);
  const beside = (metric: string, value: number, instance = 'optical.1') => reading(instance, 'sfp1', value, metric);
  const isRead = (...readings: readonly NamedReading[]) => opticsOf(one, [one], readings).rx !== null;

  test.each([-40, -40.001, -99, Number.NEGATIVE_INFINITY, Number.NaN])('tells darkness: %s dBm', (dbm) => {
    expect(isRead(light(dbm), beside('sensor.voltage', 3.3))).toBe(false);
  });

  test('tells no supply', () => {
    expect(isRead(light(-5), beside('sensor.voltage', 0))).toBe(false);
    expect(isRead(light(-5), beside('sensor.voltage', 3.3))).toBe(true);
    expect(isRead(light(-5), beside('sensor.voltage', 0, 'transceiver.1'))).toBe(false);
  });

  test('tells nought beside no bias', () => {
    expect(isRead(light(0))).toBe(false);
    expect(isRead(light(0), beside('sensor.current', 0))).toBe(false);
    expect(isRead(light(0), beside('sensor.current', 0.018, 'bias.1'))).toBe(true);
    expect(isRead(light(-0.1))).toBe(true);
  });

  test('is not seen in the supply of a port that powers others, or of another row', () => {
    expect(isRead(light(-5), beside('sensor.voltage', 0, 'poe.1'))).toBe(true);
    expect(isRead(light(-5), beside('sensor.voltage', 0, 'optical.2'))).toBe(true);
  });
});
