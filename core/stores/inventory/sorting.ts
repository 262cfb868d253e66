/** How a list is asked to be sorted. */
export type Sorting<Column extends string> = {
  readonly sort?: Column | undefined;
  readonly order?: 'asc' | 'desc' | undefined;
};

/** Down before degraded, unknown and up. */
export const worstFirst = (state: string): string =>
  `CASE ${state} WHEN 'down' THEN 0 WHEN 'degraded' THEN 1 WHEN 'unknown' THEN 2 ELSE 3 END`;

/** An ORDER BY of the column asked for, then of `last`, which is of one row alone. */
export function sortedBy<Column extends string>(
  columns: Readonly<Record<Column, string>>,
  { sort, order = 'asc' }: Sorting<Column>,
  last: string,
): string {
  return sort === undefined ? last : `${columns[sort]} ${order === 'desc' ? 'DESC' : 'ASC'} NULLS LAST, ${last}`;
}
