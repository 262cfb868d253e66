import { BadReadingError } from '../../snmp/bad-reading.ts';
import type { Cells } from '../cells.ts';
import { type ReadingGroup, reading } from '../group.ts';
import { table } from '../menu.ts';
import { localTimeOf } from '../values.ts';

const CLOCK = table('/system/clock', ['date', 'time', 'gmt-offset']);
const NTP = table('/system/ntp/client', ['enabled', 'status', 'system-offset']);

/** How far the router's clock is off, by ours and by its time server: most boards forget the time when they start. */
export const group: ReadingGroup = {
  pace: 'poll',
  async read(ask, { clock: ours }) {
    const askedAt = ours();
    const [clock] = (await ask.rows(CLOCK)) ?? [];
    // The router read its clock somewhere between question and answer.
    const at = (askedAt + ours()) / 2;
    const [ntp] = (await ask.rows(NTP)) ?? [];
    const routerAt = clock === undefined ? null : momentOf(clock);
    const offsetS = routerAt === null ? null : Math.round((routerAt - at) / 1_000);
    const ntpMs = ntp?.text('status') === 'synchronized' ? ntp.number('system-offset') : null;
    return [
      ...reading('sensor', 'delay', 'clock', offsetS, 'Clock, ahead of ours'),
      ...reading('sensor', 'delay', 'ntp', ntpMs === null ? null : ntpMs / 1_000, 'Clock, by its time server'),
    ];
  },
};

function momentOf(clock: Cells<'date' | 'time' | 'gmt-offset'>): number | null {
  try {
    const local = localTimeOf(`${clock.text('date')} ${clock.text('time')}`);
    const zone = zoneOf(clock.text('gmt-offset'));
    return local === null || zone === null ? null : Date.parse(`${local}Z`) - zone * 1_000;
  } catch (error) {
    if (error instanceof BadReadingError) return null;
    throw error;
  }
}

/** `+07:00`, or seconds, which some versions count as an unsigned number. */
function zoneOf(text: string): number | null {
  const [, sign, hours, minutes] = /^([+-])(\d{2}):(\d{2})$/.exec(text) ?? [];
  if (hours !== undefined) return (sign === '-' ? -1 : 1) * (Number(hours) * 3_600 + Number(minutes) * 60);
  if (!/^-?\d{1,10}$/.test(text)) return null;
  const seconds = Number(text);
  return seconds >= 2 ** 31 ? seconds - 2 ** 32 : seconds;
}
