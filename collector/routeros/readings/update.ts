import { type ReadingGroup, reading } from '../group.ts';
import { table } from '../menu.ts';

const UPDATE = table('/system/package/update', ['channel', 'installed-version', 'latest-version']);

/** Whether the router knows of a newer RouterOS; it looks for one only when somebody makes it look. */
export const group: ReadingGroup = {
  pace: 'rarely',
  async read(ask) {
    const [row] = (await ask.rows(UPDATE)) ?? [];
    const latest = row?.text('latest-version') ?? '';
    if (row === undefined || latest === '') return [];
    const isNewer = latest !== row.text('installed-version');
    return reading('sensor', 'count', 'update', isNewer ? 1 : 0, isNewer ? `Update available: ${latest}` : 'Updates');
  },
};
