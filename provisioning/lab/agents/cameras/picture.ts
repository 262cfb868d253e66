/** A picture of one grey, as RTP carries JPEG (RFC 2435): small, true, and different from frame to frame. */
export type GreyPicture = { readonly width: number; readonly height: number };

const RTP_HEADER_BYTES = 12;
const JPEG_HEADER_BYTES = 8;
const PAYLOAD_TYPE = 26;
const CLOCK_HZ = 90_000;
/** Type 1: 4:2:0, so that a unit covers 16 × 16 pixels. */
const SUBSAMPLING_420 = 1;
const UNIT = 16;
const QUALITY = 80;

/** Codes of the tables that RFC 2435 presumes (ITU-T T.81, annex K), as bits. */
const LUMA_SAME = '00';
const LUMA_END = '1010';
const CHROMA_SAME = '00';
const CHROMA_END = '00';
/** Of a change in 2^4 … 2^5 − 1 steps. */
const LUMA_CATEGORY_5 = '110';

/**
 * One packet that holds a whole frame.
 * @param frame counts frames; the grey goes up and down with it
 */
export function picturePacket(
  { width, height }: GreyPicture,
  {
    frame,
    framesPerSecond,
    source,
  }: { readonly frame: number; readonly framesPerSecond: number; readonly source: number },
): Buffer {
  const scan = scanOf(Math.ceil(width / UNIT) * Math.ceil(height / UNIT), frame);
  const packet = Buffer.alloc(RTP_HEADER_BYTES + JPEG_HEADER_BYTES + scan.length);
  packet[0] = 0x80;
  // The marker: the frame ends here.
  packet[1] = 0x80 | PAYLOAD_TYPE;
  packet.writeUInt16BE(frame & 0xffff, 2);
  packet.writeUInt32BE(Math.floor((frame * CLOCK_HZ) / framesPerSecond) % 2 ** 32, 4);
  packet.writeUInt32BE(source >>> 0, 8);
  packet.set([SUBSAMPLING_420, QUALITY, width / 8, height / 8], RTP_HEADER_BYTES + 4);
  scan.copy(packet, RTP_HEADER_BYTES + JPEG_HEADER_BYTES);
  return packet;
}

/** Entropy-coded data: the first block sets the grey, and all that follow are the same. */
function scanOf(units: number, frame: number): Buffer {
  const shade = 16 + (frame % 15);
  const isDark = frame % 30 >= 15;
  const value = (isDark ? 31 - shade : shade).toString(2).padStart(5, '0');
  const sameLuma = LUMA_SAME + LUMA_END;
  const chroma = (CHROMA_SAME + CHROMA_END).repeat(2);
  const first = LUMA_CATEGORY_5 + value + LUMA_END + sameLuma.repeat(3) + chroma;
  const bits = first + (sameLuma.repeat(4) + chroma).repeat(units - 1);
  const bytes: number[] = [];
  for (let at = 0; at < bits.length; at += 8) {
    const byte = Number.parseInt(bits.slice(at, at + 8).padEnd(8, '1'), 2);
    bytes.push(byte);
    // A marker would begin so.
    if (byte === 0xff) bytes.push(0);
  }
  return Buffer.from(bytes);
}
