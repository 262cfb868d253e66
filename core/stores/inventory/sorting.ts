/** How a list is asked to be sorted. */
export type Sorting<Column extends string> = {
  readonly sort?: Column | undefined;
  readonly order?: 'asc' | 'desc' | undefined;
};

/** What things with a state are sorted by. */
export type StateSorts<Column extends string> = {
  readonly columns: Readonly<Record<Exclude<Column, 'worst' | 'state' | 'since'>, string>>;
  readonly state: string;
  readonly since: string;
  /** Of one row alone. */
  readonly last: string;
};

/** Down before degraded, unknown and up. */
const worstFirst = (state: string): string =>
  `CASE ${state} WHEN 'down' THEN 0 WHEN 'degraded' THEN 1 WHEN 'partial' THEN 1 WHEN 'unknown' THEN 2 ELSE 3 END`;

/** An ORDER BY of the column asked for, then of `last`, which is of one row alone. */
export function sortedBy<Column extends string>(
  columns: Readonly<Record<Column, string>>,
  { sort, order = 'asc' }: Sorting<Column>,
  last: string,
): string {
  return sort === undefined ? last : `${columns[sort]} ${order === 'desc' ? 'DESC' : 'ASC'} NULLS LAST, ${last}`;
}

/** An ORDER BY of things with a state: `worst` puts what is down first, and of these what changed last. */
export function sortedByState<Column extends string>(
  { columns, state, since, last }: StateSorts<Column>,
  sorting: Sorting<Column>,
): string {
  const all = { ...columns, state, since, worst: worstFirst(state) } as Readonly<Record<Column, string>>;
  return sortedBy(all, sorting, sorting.sort === 'worst' ? `${since} DESC NULLS LAST, ${last}` : last);
}
