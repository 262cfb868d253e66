// A process of its own, as the browser of an open screen is: reads the live stream and tells its parent what it shows.
// Arguments: the address of the stream, and the cookie of whoever is signed in.
import { type EventStream, openEventStream } from './event-stream.ts';

/** To the parent: that the stream is open, then each change of a device's state with the moment of its arrival, UTC ms. */
export type ScreenReport =
  | 'open'
  | { readonly deviceId: string; readonly state: string; readonly at: number }
  /** Events may be missing: whatever was to be measured by them is not. */
  | 'lost';

const [url = '', cookie = ''] = process.argv.slice(2);
const tell = (report: ScreenReport): void => void process.send?.(report);

process.once('disconnect', () => process.exit(0));
const stream = await openEventStream(url, { cookie });
if (stream.status !== 200) throw new Error(`the stream answered ${stream.status}`);
tell('open');
await follow(stream).catch(() => tell('lost'));

async function follow({ next }: EventStream): Promise<never> {
  for (;;) {
    const { type, data } = await next();
    const at = Date.now();
    if (type === 'resync') tell('lost');
    else if (isDeviceState(data)) tell({ deviceId: data.deviceId, state: data.state, at });
  }
}

function isDeviceState(data: unknown): data is { readonly deviceId: string; readonly state: string } {
  return (
    typeof data === 'object' &&
    data !== null &&
    'type' in data &&
    data.type === 'device-state' &&
    'deviceId' in data &&
    typeof data.deviceId === 'string' &&
    'state' in data &&
    typeof data.state === 'string'
  );
}
