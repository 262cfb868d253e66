import type { Line } from './chart-options.ts';

type Table = { readonly times: readonly number[]; readonly lines: readonly Line[]; readonly unit: string };

/** A text that begins like a formula would be reckoned by a spreadsheet. */
const cell = (text: string): string => {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** A chart as CSV: moments in ISO 8601 (UTC), then a column for each line; a gap is an empty cell. */
export function csvOf({ times, lines, unit }: Table): string {
  const head = ['time', ...lines.map(({ label, isShare }) => `${label} (${isShare === true ? '%' : unit})`)].map(cell);
  const rows = times.map((at, index) => [
    new Date(at).toISOString(),
    ...lines.map(({ values }) => {
      const value = values[index];
      return value === null || value === undefined ? '' : String(value);
    }),
  ]);
  return [head, ...rows].map((row) => `${row.join(',')}\r\n`).join('');
}

/** Name of a file that any system bears. */
export const fileName = (title: string, extension: string): string =>
  `${
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
      .replaceAll(/^-+|-+$/g, '') || 'simpul'
  }.${extension}`;

/** Hands a file to whoever asked for it. */
export function save(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The download has its own hold on the file by the next turn.
  setTimeout(() => URL.revokeObjectURL(link.href), 0);
}
