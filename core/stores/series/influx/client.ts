import { escape as escaper, InfluxDB, type IPoint } from 'influx';
import type { Secret } from '../../../config/secret.ts';
import { AppError } from '../../../domain/errors.ts';
import { tooManyPoints } from '../check.ts';

export type ResultSeries = {
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly columns: readonly string[];
  readonly values: readonly (readonly (number | string | null)[])[];
};

export type Point = {
  /** Encoded, as are the keys of the fields; the values of tags are encoded here. */
  readonly measurement: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly fields: Readonly<Record<string, number>>;
  readonly at: number;
};

const MAX_ANSWER_BYTES = 256 * 1024 * 1024;
const POINTS_PER_WRITE = 5_000;

/** A host that failed is asked again at once: how often is decided above. */
const noBackoff = {
  getDelay: () => 0,
  next: () => noBackoff,
  reset: () => noBackoff,
};

const away = (reason: string, cause?: unknown): AppError =>
  new AppError('store-unavailable', `the series store does not answer: ${reason}`, { cause });

/** The server is there, and does not do what a statement says. */
export class RefusedStatement extends AppError {
  constructor(reason: string) {
    super('store-unavailable', `the series store refuses a statement: ${reason.slice(0, 300)}`);
  }
}

/** Reads all of an answer, up to a limit. */
async function textOf(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  if (response.body === null) return text;
  for await (const part of response.body) {
    bytes += part.byteLength;
    if (bytes > MAX_ANSWER_BYTES) throw tooManyPoints();
    text += decoder.decode(part, { stream: true });
  }
  return text + decoder.decode();
}

/** Results of each statement, checked for the shape that is relied on. */
function resultsOf(text: string): readonly (readonly ResultSeries[])[] {
  const answer: unknown = JSON.parse(text);
  if (typeof answer !== 'object' || answer === null || !('results' in answer) || !Array.isArray(answer.results)) {
    throw new Error('an answer without results');
  }
  return answer.results.map((result: { series?: unknown; error?: unknown }) => {
    if (typeof result.error === 'string') throw new RefusedStatement(result.error);
    const series = Array.isArray(result.series) ? result.series : [];
    return series.map((each: Partial<ResultSeries>) => ({
      name: each.name ?? '',
      tags: each.tags ?? {},
      columns: Array.isArray(each.columns) ? each.columns : [],
      values: Array.isArray(each.values) ? each.values : [],
    }));
  });
}

/** One database of a server that speaks the InfluxDB 1.x API. Every call ends in bounded time. */
export class InfluxClient {
  readonly database: string;
  readonly #influx: InfluxDB;
  readonly #timeoutMs: number;
  readonly #queryUrl: string;
  readonly #headers: Record<string, string>;

  /**
   * @param url `http[s]://[user:password@]host[:port][/database]`, database `simpul` where it names none
   * @param timeoutMs of a whole request, answer and all
   */
  constructor(url: Secret, timeoutMs: number) {
    this.#timeoutMs = timeoutMs;
    const { protocol, hostname, port, pathname, username, password } = new URL(url.reveal());
    this.database = decodeURIComponent(pathname.slice(1)) || 'simpul';
    const isTls = protocol === 'https:';
    const portNumber = port === '' ? (isTls ? 443 : 8086) : Number(port);
    const [user, pass] = [decodeURIComponent(username), decodeURIComponent(password)];
    this.#influx = new InfluxDB({
      host: hostname,
      port: portNumber,
      protocol: isTls ? 'https' : 'http',
      database: this.database,
      ...(user === '' ? {} : { username: user, password: pass }),
      pool: { maxRetries: 0, requestTimeout: timeoutMs, backoff: noBackoff },
    });
    this.#queryUrl = `${protocol}//${hostname}:${portNumber}/query`;
    this.#headers = { 'content-type': 'application/x-www-form-urlencoded' };
    if (user !== '') this.#headers['authorization'] = `Basic ${Buffer.from(`${user}:${pass}`).toString('base64')}`;
  }

  /** Writes points of one retention policy. Two of the same measurement, tags and moment become one. */
  async write(points: readonly Point[], retentionPolicy: string): Promise<void> {
    for (let i = 0; i < points.length; i += POINTS_PER_WRITE) {
      const part = points.slice(i, i + POINTS_PER_WRITE).map(
        ({ measurement, tags, fields, at }): IPoint => ({
          measurement: escaper.measurement(measurement),
          tags: { ...tags },
          fields: { ...fields },
          timestamp: String(at),
        }),
      );
      await this.#bounded(this.#influx.writePoints(part, { precision: 'ms', retentionPolicy }));
    }
  }

  /** The library waits for ever when an answer breaks off half way. */
  async #bounded<T>(work: Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(away('timeout')), this.#timeoutMs);
    });
    try {
      return await Promise.race([work, late]);
    } catch (error) {
      if (error instanceof AppError) throw error;
      const message = error instanceof Error ? error.message : String(error);
      if (/partial write|unable to parse|field type conflict/.test(message)) {
        throw new AppError('bad-input', `the series store refuses points: ${message.slice(0, 300)}`, { cause: error });
      }
      throw away(message.slice(0, 300), error);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Runs statements in one request. @returns the series of each */
  async query(statements: readonly string[]): Promise<readonly (readonly ResultSeries[])[]> {
    if (statements.length === 0) return [];
    try {
      const response = await fetch(this.#queryUrl, {
        method: 'POST',
        headers: this.#headers,
        body: new URLSearchParams({ db: this.database, epoch: 'ms', q: statements.join(';') }),
        signal: AbortSignal.timeout(this.#timeoutMs),
      });
      const text = await textOf(response);
      if (response.status === 400 || response.status === 404) throw new RefusedStatement(text);
      if (!response.ok) throw new Error(`status ${response.status}: ${text.slice(0, 200)}`);
      return resultsOf(text);
    } catch (error) {
      if (error instanceof AppError) throw error;
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : '';
      throw away(`${error instanceof Error ? error.message : String(error)} ${cause}`.trim().slice(0, 300), error);
    }
  }

  async queryOne(statement: string): Promise<readonly ResultSeries[]> {
    return (await this.query([statement]))[0] ?? [];
  }
}
