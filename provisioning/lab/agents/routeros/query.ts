import type { TableRow } from './model.ts';

/**
 * Query words of a print (RouterOS documentation, page API): each puts a claim on a stack, `?#` combines those on top,
 * and what is left must all hold.
 * @returns null for a word that RouterOS does not take
 */
export function matcherOf(words: readonly string[]): ((row: TableRow) => boolean) | null {
  const steps = words.map(stepOf);
  const known = steps.filter((step) => step !== null);
  if (known.length !== steps.length) return null;
  return (row) => {
    const stack: boolean[] = [];
    for (const step of known) step(row, stack);
    return stack.every(Boolean);
  };
}

type Step = (row: TableRow, stack: boolean[]) => void;

function stepOf(word: string): Step | null {
  if (word.startsWith('?#')) return operations(word.slice(2));
  const [, sign = '', key = '', , value] = /^\?([-=<>]?)([^=]+)(=(.*))?$/s.exec(word) ?? [];
  if (key === '') return null;
  if (sign === '-') return (row, stack) => void stack.push(row[key] === undefined);
  if (value === undefined) return (row, stack) => void stack.push(row[key] !== undefined);
  return (row, stack) => {
    const cell = row[key];
    const holds =
      sign === '<' ? Number(cell) < Number(value) : sign === '>' ? Number(cell) > Number(value) : cell === value;
    stack.push(cell !== undefined && holds);
  };
}

function operations(text: string): Step | null {
  if (!/^[!&|]+$/.test(text)) return null;
  return (_row, stack) => {
    for (const operation of text) {
      const top = stack.pop() ?? true;
      if (operation === '!') stack.push(!top);
      else {
        const below = stack.pop() ?? true;
        stack.push(operation === '&' ? top && below : top || below);
      }
    }
  };
}
