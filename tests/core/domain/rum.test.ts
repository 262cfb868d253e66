import { describe, expect, test } from 'vitest';
import { bucketOf, fingerprintOf, p75Of, readFaro, scrubbed } from '../../../core/domain/rum.ts';

describe('the 75th percentile', () => {
  test('lies in the bucket that holds it, between its ends', () => {
    const counts = new Map<number, number>();
    for (const value of [120, 150, 180, 190, 450, 460, 470, 2_400]) {
      const bucket = bucketOf('ready', value);
      counts.set(bucket, (counts.get(bucket) ?? 0) + 1);
    }

    expect(p75Of('ready', counts)).toBeGreaterThan(300);
    expect(p75Of('ready', counts)).toBeLessThanOrEqual(500);
    expect(p75Of('cls', new Map([[bucketOf('cls', 0.03), 4]]))).toBeCloseTo(0.044, 3);
    expect(p75Of('lcp', new Map())).toBeNull();
    expect(p75Of('lcp', new Map([[bucketOf('lcp', 90_000), 1]]))).toBeGreaterThan(20_000);
  });
});

describe('what Faro sends', () => {
  const meta = {
    view: { name: '/devices/$deviceId' },
    browser: { name: 'Chrome', userAgent: 'secret agent' },
    session: { id: 'abc' },
    page: { url: 'https://simpul.example/devices/4f?q=budi' },
  };

  test('is read for its vitals, its screen and its connection alone', () => {
    const report = readFaro({
      meta,
      measurements: [
        { type: 'web-vitals', values: { lcp: 1_200.5, delta: 7 }, context: { connection: '3g', element: '#budi' } },
        { type: 'screen', values: { ready: 340 }, context: { connection: '3g' } },
      ],
      traces: { resourceSpans: [] },
    });

    expect(report).toEqual({
      route: '/devices/$deviceId',
      connection: '3g',
      browser: 'Chrome',
      vitals: [
        { vital: 'lcp', value: 1_200.5, bucket: bucketOf('lcp', 1_200.5) },
        { vital: 'ready', value: 340, bucket: bucketOf('ready', 340) },
      ],
      errors: [],
    });
    expect(JSON.stringify(report)).not.toMatch(/budi|secret|abc/);
  });

  test.each([
    null,
    7,
    'x',
    [],
    {},
    { meta: 1, measurements: {}, exceptions: 'x' },
    { meta: { view: { name: '/devices/4f1c2d3e' } }, measurements: [null, 1, { values: [1] }] },
    { measurements: [{ values: { lcp: -1, inp: 'x', cls: Number.NaN, fcp: 1e99 } }] },
    { meta: { view: { name: `/${'a'.repeat(500)}` }, browser: { name: 'Budi' } } },
  ])('may be nonsense: %j', (body) => {
    expect(readFaro(body)).toEqual({ route: 'other', connection: 'unknown', browser: 'other', vitals: [], errors: [] });
  });

  test('is bounded: a flood of items is cut', () => {
    const many = Array.from({ length: 5_000 }, () => ({ values: { lcp: 1 } }));

    expect(readFaro({ measurements: many }).vitals).toHaveLength(50);
  });
});

test('an error keeps its kind and loses names, numbers and addresses', () => {
  const message = (name: string, id: string) =>
    scrubbed(
      `TypeError: cannot read "${name}" of 12 at https://simpul.example/devices/${id}?q=${name} by ${name}@desa.id, id ${id}`,
    );

  expect(message('Budi', '4f1c2d3e-77aa')).toBe('TypeError: cannot read <text> of # at <url> by <mail> id <id>');
  expect(fingerprintOf(message('Budi', '4f1c2d3e-77aa'))).toBe(fingerprintOf(message('Sri', '99ab12cd-0011')));
  expect(scrubbed('MAC 00:11:22:aa:bb:cc, 0812-3456-789, 10.20.30.40, /devices/abc/edit')).not.toMatch(
    /aa:bb|0812|10\.20|abc/,
  );
  expect(scrubbed('x '.repeat(5_000)).length).toBeLessThanOrEqual(160);
});
