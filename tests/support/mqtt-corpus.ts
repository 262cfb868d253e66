import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Message } from '../../collector/mqtt/format.ts';
import { root } from './process.ts';

export type CorpusMessage = {
  readonly file: string;
  readonly topic: string;
  readonly payload: Buffer;
  readonly means?: string;
  readonly validJson?: boolean;
  readonly expect?: Readonly<Record<string, unknown>>;
  readonly peerExpect?: Readonly<Record<string, unknown>>;
};

const folder = join(root, '../shared/corpora/mqtt');
export const hasMqttCorpus = existsSync(folder);
if (!hasMqttCorpus) process.stderr.write(`no messages of real devices in ${folder}: their tests are skipped\n`);

/** Every message of the corpus, or of one file of it. */
export function mqttCorpus(file?: string): readonly CorpusMessage[] {
  if (!hasMqttCorpus) return [];
  const names = readdirSync(folder).filter(
    (name) => name.endsWith('.jsonl') && (file === undefined || name === `${file}.jsonl`),
  );
  return names.flatMap((name) =>
    readFileSync(join(folder, name), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => {
        const { payload = '', payloadHex, ...rest } = JSON.parse(line);
        return {
          ...rest,
          file: name.replace('.jsonl', ''),
          payload: payloadHex === undefined ? Buffer.from(payload) : Buffer.from(payloadHex, 'hex'),
        };
      }),
  );
}

export const messageOf = (topic: string, payload: string | Buffer, parts: Partial<Message> = {}): Message => ({
  topic,
  payload: Buffer.from(payload),
  at: 1_800_000_000_000,
  isKept: false,
  ...parts,
});
