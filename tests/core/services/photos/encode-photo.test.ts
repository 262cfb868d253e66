import { randomBytes } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';
import { describe, expect, test } from 'vitest';
import { PHOTO_BYTES, photoEncoder } from '../../../../core/services/photos/encode-photo.ts';

const encode = photoEncoder();

/** A picture whose left half is red and whose right half is blue. */
const halves = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: 'blue' } }).composite([
    { input: { create: { width: width / 2, height, channels: 3, background: 'red' } }, left: 0, top: 0 },
  ]);

const noise = (width: number, height: number) =>
  sharp(randomBytes(width * height * 3), { raw: { width, height, channels: 3 } });

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const head = Buffer.alloc(4);
  head.writeUInt32BE(data.length);
  const tail = Buffer.alloc(4);
  tail.writeUInt32BE(crc32(body));
  return Buffer.concat([head, body, tail]);
}

const NOTHING: Buffer = Buffer.alloc(0);

/** A grey PNG of one bit a pixel, all black, however large it claims to be. */
function png(width: number, height: number, { rows = 0, before = NOTHING } = {}): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([1, 0, 0, 0, 0], 8);
  const pixels = deflateSync(Buffer.alloc((Math.ceil(width / 8) + 1) * rows));
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    before,
    chunk('IDAT', pixels),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

describe('a photograph', () => {
  test('comes out upright, small, as WebP and without a word of where and by what it was taken', async () => {
    const photo = await halves(3000, 2000)
      .jpeg()
      .withExif({
        IFD0: { Make: 'SECRET-CAMERA' },
        IFD3: {
          GPSLatitudeRef: 'S',
          GPSLatitude: '3/1 12/1 0/1',
          GPSLongitudeRef: 'E',
          GPSLongitude: '104/1 12/1 0/1',
        },
      })
      .withMetadata({ orientation: 6 })
      .toBuffer();
    const before = await sharp(photo).metadata();

    const { bytes, contentType, width, height } = await encode(photo);

    const after = await sharp(bytes).metadata();
    expect(before.exif?.toString('latin1')).toContain('SECRET-CAMERA');
    expect([after.exif, after.icc, after.xmp, after.orientation]).toEqual([undefined, undefined, undefined, undefined]);
    expect(bytes.toString('latin1')).not.toMatch(/SECRET-CAMERA|Exif|GPS/i);
    expect({ contentType, width, height, format: after.format }).toEqual({
      contentType: 'image/webp',
      width: 1067,
      height: 1600,
      format: 'webp',
    });
    // A quarter turn clockwise: what was at the left is at the top.
    const top = await sharp(bytes).extract({ left: 500, top: 100, width: 1, height: 1 }).raw().toBuffer();
    expect(top[0]).toBeGreaterThan(200);
  });

  test.each([
    ['PNG with transparency', (it: Sharp) => it.ensureAlpha(0.5).png()],
    ['WebP', (it: Sharp) => it.webp()],
    ['grey JPEG', (it: Sharp) => it.greyscale().jpeg()],
    ['CMYK JPEG', (it: Sharp) => it.toColourspace('cmyk').jpeg()],
    ['PNG of 16 bits', (it: Sharp) => it.toColourspace('rgb16').png()],
  ])('may be a %s', async (_, as) => {
    const photo = await as(halves(800, 600)).toBuffer();

    const { width, height } = await encode(photo);

    expect([width, height]).toEqual([800, 600]);
  });

  test('of nothing but noise is made small enough all the same', async () => {
    const photo = await noise(2400, 1800).jpeg({ quality: 85 }).toBuffer();

    const { bytes } = await encode(photo);

    expect(bytes.length).toBeLessThanOrEqual(250 * 1024);
  });

  test('of 48 megapixels is taken', async () => {
    const photo = await sharp({ create: { width: 8000, height: 6000, channels: 3, background: 'grey' } })
      .jpeg()
      .toBuffer();

    const { width, height } = await encode(photo);

    expect([width, height]).toEqual([1600, 1200]);
  });

  test('that is sent twice comes out the same', async () => {
    const photo = await noise(400, 300).png().toBuffer();

    const [first, second] = await Promise.all([encode(photo), encode(photo)]);

    expect(first.bytes.equals(second.bytes)).toBe(true);
  });
});

describe('what is no photograph', () => {
  test.each([
    ['nothing at all', Buffer.alloc(0)],
    ['text', Buffer.from('not a picture')],
    [
      'an SVG',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="/etc/passwd"/></svg>'),
    ],
    ['a GIF', Buffer.from('GIF89a\x01\x00\x01\x00\x00\x00\x00;', 'latin1')],
    ['a TIFF', Buffer.from([0x49, 0x49, 0x2a, 0, 8, 0, 0, 0])],
    ['a page', Buffer.from('<!doctype html><script>alert(1)</script>')],
  ])('is refused: %s', async (_, bytes) => {
    await expect(encode(bytes)).rejects.toMatchObject({ code: 'not-supported' });
  });

  test.each([
    [
      'the first bytes of a JPEG and nonsense',
      Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), randomBytes(2000)]),
    ],
    ['the first bytes of a PNG and nonsense', Buffer.concat([png(9, 9).subarray(0, 8), randomBytes(2000)])],
    [
      'the first bytes of a WebP and nonsense',
      Buffer.concat([Buffer.from('RIFF\xff\x00\x00\x00WEBPVP8 ', 'latin1'), randomBytes(2000)]),
    ],
    ['a PNG without a picture', png(640, 480)],
  ])('is refused: %s', async (_, bytes) => {
    await expect(encode(bytes)).rejects.toMatchObject({ code: 'bad-input' });
  });

  test.each(['jpeg', 'png', 'webp'] as const)('is refused: a %s that is cut off', async (format) => {
    const whole = await noise(600, 400).toFormat(format).toBuffer();

    const half = encode(whole.subarray(0, Math.floor(whole.length / 2)));

    await expect(half).rejects.toMatchObject({ code: 'bad-input' });
  });

  test('is refused: something that moves', async () => {
    const frames = Buffer.concat([Buffer.alloc(64 * 64 * 3, 10), Buffer.alloc(64 * 64 * 3, 200)]);
    const webp = await sharp(frames, { raw: { width: 64, height: 128, channels: 3, pageHeight: 64 } })
      .webp({ loop: 0, delay: [100, 100] })
      .toBuffer();
    const apng = png(64, 64, { rows: 64, before: chunk('acTL', Buffer.from([0, 0, 0, 2, 0, 0, 0, 0])) });

    await expect(encode(webp)).rejects.toMatchObject({ code: 'not-supported' });
    await expect(encode(apng)).rejects.toMatchObject({ code: 'not-supported' });
  });

  test('is refused: more bytes than a telephone sends', async () => {
    const bytes = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.alloc(PHOTO_BYTES)]);

    await expect(encode(bytes)).rejects.toMatchObject({ code: 'too-large' });
  });

  test('is refused before it is unpacked: a PNG of few bytes that would be of billions', async () => {
    const bomb = png(60_000, 60_000, { rows: 600 });
    const before = process.memoryUsage().rss;

    const encoded = encode(bomb);

    await expect(encoded).rejects.toMatchObject({ code: 'too-large' });
    expect(bomb.length).toBeLessThan(10_000);
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
  });
});

test('who comes while others wait already is asked to come again', async () => {
  const photo = await noise(300, 200).jpeg().toBuffer();
  const busy = photoEncoder();

  const all = await Promise.allSettled(Array.from({ length: 12 }, () => busy(photo)));

  const refused = all.filter((one) => one.status === 'rejected');
  expect(refused.map(({ reason }) => reason.code)).toEqual([
    'too-many-requests',
    'too-many-requests',
    'too-many-requests',
  ]);
});
