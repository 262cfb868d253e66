import { connect, type Socket } from 'node:net';
import { parentPort } from 'node:worker_threads';

/** Citizens to be played: each opens the page of a gateway and presses its first button. */
export type ClickOrder = {
  readonly port: number;
  /** Paths of login pages, with `{mac}` where the device stands. */
  readonly paths: readonly string[];
  readonly clicks: number;
  readonly connections: number;
  readonly seed: number;
};
export type ClickDone = {
  readonly ok: number;
  readonly failed: number;
  readonly seconds: number;
  readonly pageMs: readonly number[];
  readonly pressMs: readonly number[];
  /** What went wrong first. */
  readonly example: string | null;
};

/** One connection that stays, one request at a time: cheap, so that the load costs little beside what it measures. */
function asker(port: number) {
  let socket: Socket | null = null;
  let text = '';
  let answered: ((answer: string) => void) | null = null;
  function opened(): Socket {
    if (socket !== null && !socket.destroyed) return socket;
    const fresh = connect({ port, host: '127.0.0.1', noDelay: true });
    fresh.setEncoding('latin1');
    fresh.on('error', () => {});
    fresh.on('close', () => {
      socket = null;
      answered?.(text);
    });
    fresh.on('data', (chunk: string) => {
      text += chunk;
      const end = text.indexOf('\r\n\r\n');
      const length = /content-length: (\d+)/i.exec(text)?.[1];
      if (end >= 0 && length !== undefined && text.length >= end + 4 + Number(length)) answered?.(text);
    });
    socket = fresh;
    return fresh;
  }
  return {
    ask: (request: string): Promise<string> =>
      new Promise((resolve) => {
        text = '';
        answered = (answer) => {
          answered = null;
          resolve(answer);
        };
        opened().write(request);
      }),
    close: () => socket?.destroy(),
  };
}

async function play({ port, paths, clicks, connections, seed }: ClickOrder): Promise<ClickDone> {
  const pageMs: number[] = [];
  const pressMs: number[] = [];
  let [next, ok, failed] = [0, 0, 0];
  let example: string | null = null;
  async function citizen(): Promise<void> {
    const browser = asker(port);
    while (next < clicks) {
      const n = next++;
      const mac = (BigInt(seed) * 1_000_000n + BigInt(n)).toString(16).padStart(10, '0').replace(/../g, '%3A$&');
      const path = (paths[n % paths.length] ?? '').replace('{mac}', `02${mac}`);
      const startedAt = performance.now();
      const page = await browser.ask(`GET ${path} HTTP/1.1\r\nhost: x\r\n\r\n`);
      const shownAt = performance.now();
      const state = /name="s" value="([^"]+)"/.exec(page)?.[1] ?? '';
      const body = `s=${state}&m=terms`;
      const pressed = await browser.ask(
        `POST ${path.split('?')[0]} HTTP/1.1\r\nhost: x\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
      );
      pageMs.push(shownAt - startedAt);
      pressMs.push(performance.now() - shownAt);
      if (pressed.startsWith('HTTP/1.1 303 ')) ok += 1;
      else {
        failed += 1;
        example ??= `${page.slice(0, 40)} / ${pressed.slice(0, 400)}`;
      }
    }
    browser.close();
  }
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: connections }, citizen));
  return { ok, failed, seconds: (performance.now() - startedAt) / 1_000, pageMs, pressMs, example };
}

parentPort?.on('message', (order: ClickOrder) => {
  void play(order).then((done) => parentPort?.postMessage(done));
});
