import { type Bench, machine } from '../support/bench.ts';

const FLAG = /^--([a-z][a-z0-9-]*)$/;

function options(args: readonly string[]): Pick<Parameters<Bench>[0], 'option' | 'text'> {
  const values = new Map<string, string>();
  for (let i = 0; i < args.length; i += 2) {
    const name = FLAG.exec(args[i] ?? '')?.[1];
    const value = args[i + 1];
    if (name === undefined || value === undefined) throw new Error(`${args[i]}: options are --name VALUE`);
    values.set(name, value);
  }
  return {
    option(name, otherwise) {
      const value = Number(values.get(name) ?? otherwise);
      if (!Number.isSafeInteger(value) || value < 0) throw new Error(`--${name} takes a whole number`);
      return value;
    },
    text: (name) => values.get(name) ?? null,
  };
}

const print = (figures: object): void => {
  process.stdout.write(`${JSON.stringify(figures)}\n`);
};

const [name = '', ...args] = process.argv.slice(2);
if (!/^[a-z][a-z-]*$/.test(name) || name === 'main') {
  process.stderr.write('usage: npm run bench -- NAME [--option VALUE …], NAME being a file of tests/bench\n');
  process.exit(2);
}
const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
const module: { readonly bench?: Bench } = await import(new URL(`${name}.${extension}`, import.meta.url).href);
if (module.bench === undefined) throw new Error(`tests/bench/${name} exports no bench`);
print({ bench: name, ...machine() });
await module.bench({ ...options(args), print });
