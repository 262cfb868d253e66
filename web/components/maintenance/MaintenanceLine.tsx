import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { DAY, MINUTE } from '../../../core/domain/clock.ts';
import { isTarget, timesOf } from '../../../core/domain/maintenance.ts';
import type { RegionCode } from '../../../core/domain/region.ts';
import { maintenanceQuery } from '../../api/queries.ts';
import { useNow } from '../now.ts';
import { StateMark } from '../StateMark.tsx';
import { useMaintenanceTexts } from './texts.ts';
import './maintenance.css';

type Of = { readonly deviceId?: string; readonly siteId: string; readonly regionCode: RegionCode };
type Props = {
  readonly of: Of;
  /** UTC ms; from now to a week ahead where neither is given. */
  readonly from?: number;
  /** Null: it still lasts. */
  readonly to?: number | null;
};

const AHEAD_MS = 7 * DAY;
const SHOWN = 3;

/** Announced work on this device or site, in one line each; nothing where there is none. */
export function MaintenanceLine({ of, from, to }: Props) {
  const { m, f } = useMaintenanceTexts();
  const now = Math.floor(useNow() / MINUTE) * MINUTE;
  const range = { from: from ?? now, to: to ?? (from === undefined ? now + AHEAD_MS : now) };
  const query = useQuery(maintenanceQuery({ ...range, pageSize: 500 }));
  const times = (query.data?.items ?? [])
    .filter((window) => isTarget(window, { deviceId: of.deviceId ?? '', siteId: of.siteId, regionCode: of.regionCode }))
    .flatMap((window) =>
      timesOf(window, range)
        .slice(0, 1)
        .map((time) => ({ window, time })),
    )
    .sort((a, b) => a.time.from - b.time.from)
    .slice(0, SHOWN);
  if (times.length === 0) return null;
  return (
    <ul className="maintenance-line">
      {times.map(({ window, time }) => (
        <li key={window.id}>
          <StateMark mark="planned" />
          <span>
            <Link to="/maintenance">{window.title}</Link>{' '}
            <span className="secondary">
              {time.from <= now && now < time.to
                ? m.until(f.moment(time.to, now))
                : `${f.moment(time.from, now)} – ${f.moment(time.to, time.from)}`}
            </span>
          </span>
        </li>
      ))}
    </ul>
  );
}
