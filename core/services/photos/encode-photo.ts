import sharp from 'sharp';
import { AppError } from '../../domain/errors.ts';
import { turns } from '../turns.ts';
import { isAnimatedPng, photoFormat } from './photo-format.ts';

/** What a telephone sends: the largest photographs of common ones stay below it. */
export const PHOTO_BYTES = 8 * 1024 * 1024;
/** 64 megapixels. A file of few bytes can be of billions. */
const MOST_PIXELS = 64_000_000;
const LONGEST_EDGE = 1_600;
const DECODE_SECONDS = 15;
const ENCODED_BYTES = 250 * 1024;
/** From the best to the smallest: almost all fit at the first, noise in the dark at the last. */
const ATTEMPTS = [
  { edge: 1_600, quality: 74 },
  { edge: 1_600, quality: 56 },
  { edge: 1_280, quality: 50 },
  { edge: 960, quality: 40 },
  { edge: 640, quality: 30 },
] as const;
/** One photograph of 64 megapixels may take 100 MB while it is read: the others wait. */
const AT_ONCE = 1;
const WAITING = 8;

export type EncodedPhoto = {
  readonly bytes: Buffer;
  readonly contentType: 'image/webp';
  readonly width: number;
  readonly height: number;
};

export type PhotoEncoder = (bytes: Uint8Array) => Promise<EncodedPhoto>;

/**
 * Draws photographs anew: upright, at most 1600 pixels at the longer edge, WebP of at most 250 KB, with nothing in it
 * but the picture. Neither place nor camera of whoever took it is kept, nor anything that hid in the file.
 * @returns a function that throws AppError `too-large`, `not-supported` for what is no still JPEG, PNG or WebP,
 *   `bad-input` for one that cannot be read, `too-many-requests` while others wait already
 */
export function photoEncoder(): PhotoEncoder {
  const inTurn = turns(AT_ONCE, WAITING, 'too many photographs at once');
  return async (bytes) => {
    if (bytes.length > PHOTO_BYTES) throw new AppError('too-large', 'the photograph is larger than 8 MB');
    // By its first bytes and before any decoder sees it: a name or a content type says nothing.
    if (photoFormat(bytes) === null)
      throw new AppError('not-supported', 'a photograph is a JPEG, PNG or WebP: this file is none of them');
    return await inTurn(() => encode(bytes));
  };
}

async function encode(bytes: Uint8Array): Promise<EncodedPhoto> {
  try {
    await refuseUnfit(bytes);
    // Read once; what the attempts below start from is of 8 MB at most.
    const { data, info } = await sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error', sequentialRead: true })
      .timeout({ seconds: DECODE_SECONDS })
      .autoOrient()
      .resize({ width: LONGEST_EDGE, height: LONGEST_EDGE, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: 'white' })
      .toColourspace('srgb')
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const raw = { width: info.width, height: info.height, channels: info.channels };
    let smallest: EncodedPhoto | null = null;
    for (const { edge, quality } of ATTEMPTS) {
      const { data: encoded, info: made } = await sharp(data, { raw })
        .timeout({ seconds: DECODE_SECONDS })
        .resize({ width: edge, height: edge, fit: 'inside', withoutEnlargement: true })
        .webp({ quality, effort: 4 })
        .toBuffer({ resolveWithObject: true });
      smallest = { bytes: encoded, contentType: 'image/webp', width: made.width, height: made.height };
      if (encoded.length <= ENCODED_BYTES) return smallest;
    }
    if (smallest === null) throw new Error('there is no attempt');
    return smallest;
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('bad-input', 'the photograph cannot be read: it is cut off or damaged', { cause: error });
  }
}

async function refuseUnfit(bytes: Uint8Array): Promise<void> {
  const { width, height, pages = 1 } = await sharp(bytes, { limitInputPixels: false }).metadata();
  if (width * height > MOST_PIXELS) throw new AppError('too-large', 'the photograph has more than 64 megapixels');
  if (pages > 1 || isAnimatedPng(bytes)) throw new AppError('not-supported', 'a photograph does not move');
}
