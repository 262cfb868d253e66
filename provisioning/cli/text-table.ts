/** Control characters could move the cursor of a terminal or colour it. */
export const oneLine = (text: string, most = 60): string => {
  const flat = text.replace(/\p{Cc}+/gu, ' ');
  return flat.length > most ? `${flat.slice(0, most - 1)}…` : flat;
};

/** Rows under one another, the first being the head. */
export function textTable(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows)
    for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, cell.length);
  return rows
    .map((row) =>
      row
        .map((cell, index) => cell.padEnd(widths[index] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
