import { createHash, randomBytes } from 'node:crypto';
import type { RouterModel, TableRow } from './model.ts';
import { matcherOf } from './query.ts';

/** The router's side of one connection. */
export type RouterSession = {
  /** @returns sentences to send, and whether the connection ends after them */
  hear(
    words: readonly string[],
    at: number,
  ): { readonly sentences: readonly (readonly string[])[]; readonly ends: boolean };
};

type Sentence = readonly string[];
type Command = {
  readonly name: string;
  readonly tag: readonly string[];
  readonly attributes: ReadonlyMap<string, string>;
  readonly queries: readonly string[];
};

const CATEGORY = { missing: '0', argument: '1', interrupted: '2' } as const;
const WRONG_LOGIN = 'invalid user name or password (6)';

export function routerSession(model: RouterModel): RouterSession {
  let isSignedIn = false;
  let challenge: Buffer | null = null;
  /** Monitors that run until they are cancelled, by tag. */
  const running = new Set<string>();

  function login({ attributes, tag }: Command): Sentence[] {
    const name = attributes.get('name');
    const password = attributes.get('password');
    const response = attributes.get('response');
    const mayTry = model.login === 'plain' ? password !== undefined : response !== undefined && challenge !== null;
    if (!mayTry) {
      challenge = randomBytes(16);
      return [['!done', `=ret=${challenge.toString('hex')}`, ...tag]];
    }
    const isRight =
      model.login === 'plain' ? password === model.password : response === responseTo(model.password, challenge);
    challenge = null;
    isSignedIn = name === model.user && isRight;
    return isSignedIn ? [['!done', ...tag]] : trap(tag, null, WRONG_LOGIN);
  }

  function print({ name, attributes, queries, tag }: Command, at: number): Sentence[] {
    const rows = model.table(name.slice(0, -'/print'.length), at);
    const matches = matcherOf(queries);
    if (rows === null) return trap(tag, CATEGORY.missing, 'no such command prefix');
    if (matches === null) return trap(tag, CATEGORY.argument, 'query malformed');
    const found = rows.filter(matches);
    if (attributes.has('count-only')) return [['!done', `=ret=${found.length}`, ...tag]];
    return answer(found, attributes, tag);
  }

  function monitor(command: Command, at: number): Sentence[] {
    const { name, attributes, tag } = command;
    const rows = model.table(name, at);
    if (rows === null) return trap(tag, CATEGORY.missing, 'no such command prefix');
    const wanted = (attributes.get('numbers') ?? attributes.get('number') ?? '').split(',');
    const found = wanted.map((item) => rows.find((row) => row['name'] === item || row['.id'] === item));
    const known = found.filter((row) => row !== undefined);
    if (known.length !== found.length) return trap(tag, CATEGORY.missing, 'no such item');
    if (attributes.has('once')) return answer(known, attributes, tag);
    running.add(tag.join());
    return rowsOf(known, attributes, tag);
  }

  function cancel({ attributes, tag }: Command): Sentence[] {
    const wanted = `.tag=${attributes.get('tag') ?? ''}`;
    if (!running.delete(wanted)) return [['!done', ...tag]];
    return [...trap([wanted], CATEGORY.interrupted, 'interrupted').slice(0, 1), ['!done', ...tag], ['!done', wanted]];
  }

  function answer(rows: readonly TableRow[], attributes: Command['attributes'], tag: readonly string[]): Sentence[] {
    const empty: Sentence[] = rows.length === 0 && model.saysEmpty ? [['!empty', ...tag]] : [];
    return [...rowsOf(rows, attributes, tag), ...empty, ['!done', ...tag]];
  }

  function carryOut(command: Command, at: number): Sentence[] {
    const { name, tag } = command;
    if (name === '/cancel') return cancel(command);
    if (name.endsWith('/print')) return print(command, at);
    if (/\/(?:monitor|info)$/.test(name)) return monitor(command, at);
    return trap(tag, CATEGORY.missing, 'no such command');
  }

  return {
    hear(words, at) {
      const command = commandOf(words);
      const { name } = command;
      if (name === '/login') return { sentences: login(command), ends: false };
      if (name === '/quit') return { sentences: [['!fatal', 'session terminated on request']], ends: true };
      if (!isSignedIn) return { sentences: [['!fatal', 'not logged in']], ends: true };
      return { sentences: carryOut(command, at), ends: false };
    },
  };
}

function commandOf([name = '', ...words]: readonly string[]): Command {
  const attributes = new Map<string, string>();
  const queries: string[] = [];
  const tag: string[] = [];
  for (const word of words) {
    const [, key, value = ''] = /^=([^=]+)(?:=(.*))?$/s.exec(word) ?? [];
    if (key !== undefined) attributes.set(key, value);
    else if (word.startsWith('?')) queries.push(word);
    else if (word.startsWith('.tag=')) tag.push(word);
  }
  return { name, tag, attributes, queries };
}

function rowsOf(rows: readonly TableRow[], attributes: Command['attributes'], tag: readonly string[]): Sentence[] {
  const wanted = attributes.get('.proplist')?.split(',');
  return rows.map((row) => {
    const keys = wanted ?? Object.keys(row).filter((key) => !key.endsWith('.oid'));
    const cells = keys.filter((key) => row[key] !== undefined).map((key) => `=${key}=${row[key]}`);
    return ['!re', ...cells, ...tag];
  });
}

const trap = (tag: readonly string[], category: string | null, message: string): Sentence[] => [
  ['!trap', ...(category === null ? [] : [`=category=${category}`]), `=message=${message}`, ...tag],
  ['!done', ...tag],
];

/** The router's own reckoning: it must not be the client's. */
function responseTo(password: string, challenge: Buffer | null): string {
  const secret = Buffer.concat([Buffer.from([0]), Buffer.from(password), challenge ?? Buffer.alloc(0)]);
  return `00${createHash('md5').update(secret).digest('hex')}`;
}
