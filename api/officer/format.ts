import { DAY, HOUR, MINUTE } from '../../core/domain/clock.ts';
import type { RegionCode } from '../../core/domain/region.ts';
import { zoneOf } from '../../core/domain/zone.ts';
import type { OfficerTexts } from './texts/id.ts';

/** Moments in the zone of the village: `14.05` today, `20 Nov 14.05` before; and how long, in two units at most. */
export function formatFor(villageCode: RegionCode, now: number, t: OfficerTexts) {
  const { timeZone } = zoneOf(villageCode);
  const hour = new Intl.DateTimeFormat(t.locale, { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const day = new Intl.DateTimeFormat(t.locale, { timeZone, day: 'numeric', month: 'short' });
  const moment = (at: number): string =>
    day.format(at) === day.format(now) ? hour.format(at) : `${day.format(at)} ${hour.format(at)}`;
  const lasting = (ms: number): string => {
    if (ms < MINUTE) return t.time.lessThanMinute;
    const parts = [
      { text: t.time.day, count: Math.floor(ms / DAY) },
      { text: t.time.hour, count: Math.floor((ms % DAY) / HOUR) },
      { text: t.time.minute, count: Math.floor((ms % HOUR) / MINUTE) },
    ];
    const first = parts.findIndex(({ count }) => count > 0);
    return parts
      .slice(first, first + 2)
      .filter(({ count }) => count > 0)
      .map(({ text, count }) => text(String(count)))
      .join(' ');
  };
  return { since: (at: number): string => t.since(moment(at), lasting(now - at)) };
}
