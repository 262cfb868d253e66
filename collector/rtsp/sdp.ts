/** The first picture that a session description (RFC 4566) tells of. */
export type VideoTrack = {
  /** As in `a=rtpmap`, such as `H264`; empty where it is not told. */
  readonly codec: string;
  readonly payloadType: number;
  readonly width: number | null;
  readonly height: number | null;
  /** `a=control` of the track, absolute or to be put behind that of the session. */
  readonly control: string | null;
};

export type SessionDescription = {
  /** `a=control` of the session. */
  readonly control: string | null;
  readonly video: VideoTrack | null;
};

/** Payload types that need no rtpmap (RFC 3551, table 5). */
const STATIC_CODECS: Readonly<Record<number, string>> = { 26: 'JPEG', 31: 'H261', 32: 'MPV', 33: 'MP2T', 34: 'H263' };
const MAX_LINES = 2_000;
const MAX_CODEC_TEXT = 30;
const MAX_CONTROL_TEXT = 1_000;
const MAX_SIDE = 65_535;

export function readSdp(text: string): SessionDescription {
  const lines = text.split(/\r?\n/, MAX_LINES);
  const firstMedia = lines.findIndex((line) => line.startsWith('m='));
  const sessionLines = firstMedia < 0 ? lines : lines.slice(0, firstMedia);
  const from = lines.findIndex((line) => /^m=video\s/.test(line));
  if (from < 0) return { control: controlOf(sessionLines), video: null };
  const to = lines.findIndex((line, at) => at > from && line.startsWith('m='));
  const media = lines.slice(from, to < 0 ? lines.length : to);
  const payloadType = Number(/^m=video\s+\S+\s+\S+\s+(\d{1,3})/.exec(media[0] ?? '')?.[1] ?? -1);
  const mapped = media
    .map((line) => /^a=rtpmap:(\d+)\s+([^/\s]+)/.exec(line))
    .find((map) => Number(map?.[1]) === payloadType);
  return {
    control: controlOf(sessionLines),
    video: {
      codec: (mapped?.[2] ?? STATIC_CODECS[payloadType] ?? '').slice(0, MAX_CODEC_TEXT),
      payloadType,
      ...sizeOf(media),
      control: controlOf(media),
    },
  };
}

function controlOf(lines: readonly string[]): string | null {
  const control = lines
    .find((line) => line.startsWith('a=control:'))
    ?.slice('a=control:'.length)
    .trim();
  return control === undefined || control === '' || control.length > MAX_CONTROL_TEXT || /\s/.test(control)
    ? null
    : control;
}

/** `a=x-dimensions:W,H`, `a=framesize:TYPE W-H` (3GPP TS 26.234), `a=cliprect:0,0,H,W`. */
function sizeOf(lines: readonly string[]): { width: number | null; height: number | null } {
  for (const line of lines) {
    const [, width, height] =
      /^a=x-dimensions:\s*(\d{1,5})\s*,\s*(\d{1,5})/.exec(line) ??
      /^a=framesize:\d+\s+(\d{1,5})-(\d{1,5})/.exec(line) ??
      /^a=cliprect:\d+,\d+,(?=\d+,(\d{1,5}))(\d{1,5}),/.exec(line) ??
      [];
    const size = { width: Number(width ?? 0), height: Number(height ?? 0) };
    if (size.width > 0 && size.height > 0 && size.width <= MAX_SIDE && size.height <= MAX_SIDE) return size;
  }
  return { width: null, height: null };
}

/** URL of a track or of the session: what is not absolute stands behind the base (RFC 2326, C.1.1). */
export function controlUrl(base: string, control: string | null): string {
  if (control === null || control === '*') return base;
  if (/^rtsps?:\/\//i.test(control)) return control;
  // Bases with a query have the track behind it, which no rule for URLs would do.
  return `${base.replace(/\/$/, '')}/${control.replace(/^\//, '')}`;
}
