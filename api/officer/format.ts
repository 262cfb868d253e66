import { lastingText } from '../../core/domain/lasting.ts';
import type { RegionCode } from '../../core/domain/region.ts';
import { zoneOf } from '../../core/domain/zone.ts';
import type { OfficerTexts } from './texts/id.ts';

/** Moments in the zone of the village: `14.05` today, `20 Nov 14.05` before; how long, in two units at most; numbers. */
export function formatFor(villageCode: RegionCode, now: number, t: OfficerTexts) {
  const { timeZone } = zoneOf(villageCode);
  const hour = new Intl.DateTimeFormat(t.locale, { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const day = new Intl.DateTimeFormat(t.locale, { timeZone, day: 'numeric', month: 'short' });
  const moment = (at: number): string =>
    day.format(at) === day.format(now) ? hour.format(at) : `${day.format(at)} ${hour.format(at)}`;
  const lasting = (ms: number): string => lastingText(ms, t.time, String);
  const number = (value: number): string => value.toLocaleString(t.locale, { maximumFractionDigits: 1 });
  return { moment, lasting, number, since: (at: number): string => t.since(moment(at), lasting(now - at)) };
}
