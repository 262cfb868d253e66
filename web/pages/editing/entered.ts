export const CSV = 'text/csv';
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** A number with a comma or a point, as people write it; null where it is none. */
export const numberOf = (text: string): number | null => {
  const plain = text.trim().replace(',', '.');
  return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : null;
};

/** What the API takes a file for; by its name, since systems disagree about the type of a CSV. */
export function fileTypeOf(name: string): string | null {
  const extension = name.toLowerCase().split('.').at(-1);
  return extension === 'csv' ? CSV : extension === 'xlsx' ? XLSX : null;
}
export const FILE_TYPES = `.csv,.xlsx,${CSV},${XLSX}`;
