import { type Bench, machine } from '../support/bench.ts';

const FLAG = /^--([a-z-]+)$/;

function options(args: readonly string[]): (name: string, otherwise: number) => number {
  const values = new Map<string, number>();
  for (let i = 0; i < args.length; i += 2) {
    const name = FLAG.exec(args[i] ?? '')?.[1];
    const value = Number(args[i + 1]);
    if (name === undefined || !Number.isSafeInteger(value) || value < 0) {
      throw new Error(`${args[i]} ${args[i + 1] ?? ''}: options are --name NUMBER`);
    }
    values.set(name, value);
  }
  return (name, otherwise) => values.get(name) ?? otherwise;
}

const print = (figures: object): void => {
  process.stdout.write(`${JSON.stringify(figures)}\n`);
};

const [name = '', ...args] = process.argv.slice(2);
if (!/^[a-z][a-z-]*$/.test(name) || name === 'main') {
  process.stderr.write('usage: npm run bench -- NAME [--option NUMBER …], NAME being a file of tests/bench\n');
  process.exit(2);
}
const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
const module: { readonly bench?: Bench } = await import(new URL(`${name}.${extension}`, import.meta.url).href);
if (module.bench === undefined) throw new Error(`tests/bench/${name} exports no bench`);
print({ bench: name, ...machine() });
await module.bench({ option: options(args), print });
