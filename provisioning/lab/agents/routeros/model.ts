/** A row as RouterOS would write it: words for words. Columns that end in `.oid` come only where they are asked for. */
export type TableRow = Readonly<Record<string, string>>;

/** What a router of the lab is: who may sign in, and what its menus hold. Read anew at every command. */
export type RouterModel = {
  readonly user: string;
  readonly password: string;
  /** `challenge` is how routers before 6.43 sign people in. */
  readonly login: 'plain' | 'challenge';
  /** Whether an empty table is said to be one, as since 7.18. */
  readonly saysEmpty: boolean;
  /**
   * @param path of a menu, without the command: `/ip/hotspot/host`; `/interface/ethernet/monitor` for what a monitor shows
   * @returns null where the router has no such menu
   */
  readonly table: (path: string, at: number) => readonly TableRow[] | null;
};
