import { type IncomingMessage, request } from 'node:http';

export type StreamEvent = { readonly id: string | null; readonly type: string | null; readonly data: unknown };

export type EventStream = {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  /** The next event that carries data; rejects when the stream ends before one comes. */
  next(): Promise<StreamEvent>;
  /** The first mark, which comes before any event. */
  readonly firstId: Promise<string>;
  /** Comments seen so far. */
  comments(): number;
  readonly ended: Promise<void>;
  close(): void;
};

/** Opens a stream of server-sent events over a real connection, and reads it by the rules of the HTML standard. */
export async function openEventStream(url: string, headers: Readonly<Record<string, string>>): Promise<EventStream> {
  const sent = request(url, { headers: { accept: 'text/event-stream', ...headers } });
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    sent.once('response', resolve).once('error', reject).end();
  });
  const events: StreamEvent[] = [];
  const waiting: { resolve: (event: StreamEvent) => void; reject: (error: Error) => void }[] = [];
  let text = '';
  let lastId: string | null = null;
  let comments = 0;
  let isEnded = false;
  let tellFirstId: (id: string) => void;
  const firstId = new Promise<string>((resolve) => {
    tellFirstId = resolve;
  });

  const ended = new Promise<void>((resolve) => {
    const end = (): void => {
      isEnded = true;
      for (const { reject } of waiting.splice(0)) reject(new Error('the stream ended'));
      resolve();
    };
    response.once('close', end).on('error', end);
  });
  sent.on('error', () => {});

  response.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
    for (let cut = text.indexOf('\n\n'); cut >= 0; cut = text.indexOf('\n\n')) {
      take(text.slice(0, cut).split('\n'));
      text = text.slice(cut + 2);
    }
  });

  function take(lines: readonly string[]): void {
    comments += lines.filter((line) => line.startsWith(':')).length;
    const field = (name: string): string | null =>
      lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2) ?? null;
    lastId = field('id') ?? lastId;
    if (lastId !== null) tellFirstId(lastId);
    const data = field('data');
    if (data === null) return;
    const event = { id: lastId, type: field('event'), data: JSON.parse(data) };
    const reader = waiting.shift();
    if (reader === undefined) events.push(event);
    else reader.resolve(event);
  }

  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    async next() {
      const event = events.shift();
      if (event !== undefined) return event;
      if (isEnded) throw new Error('the stream ended');
      return await new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    },
    firstId,
    comments: () => comments,
    ended,
    close: () => sent.destroy(),
  };
}
