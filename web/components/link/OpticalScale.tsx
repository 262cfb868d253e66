import type { OpticalPower } from '../../../core/contract/links.ts';
import { useTexts } from '../../i18n/texts.tsx';

/** Room beyond the outer limits in dB, so that a light beyond them still has its place. */
const ROOM_DB = 4;
type Zone = { readonly from: number; readonly to: number; readonly health: 'good' | 'watch' | 'bad' };

/** The lines that are known cut the scale into what is good, near a limit, and beyond it. */
function zonesOf(limits: NonNullable<OpticalPower['limits']>, from: number, to: number): readonly Zone[] {
  const { low, lowWarning, highWarning, high } = limits;
  const cuts = [low ?? from, lowWarning ?? low ?? from, highWarning ?? high ?? to, high ?? to];
  const edges = [from, ...cuts, to];
  return (['bad', 'watch', 'good', 'watch', 'bad'] as const)
    .map((health, at) => ({ health, from: edges[at] ?? from, to: edges[at + 1] ?? to }))
    .filter((zone) => zone.to > zone.from);
}

/** Where the power of a light stands between the limits of whoever must see it. */
export function OpticalScale({ side, power }: { readonly side: 'rx' | 'tx'; readonly power: OpticalPower }) {
  const { t, f } = useTexts();
  const { dbm, limits } = power;
  const { low = null, lowWarning = null, highWarning = null, high = null } = limits ?? {};
  const lines = [low, lowWarning, highWarning, high].filter((line) => line !== null);
  const text = (value: number | null): string => (value === null ? '–' : `${f.number(value, 1)} dBm`);
  const from = Math.min(...lines) - ROOM_DB;
  const to = Math.max(...lines) + ROOM_DB;
  const place = (value: number): string => `${(100 * (Math.min(to, Math.max(from, value)) - from)) / (to - from)}%`;
  return (
    <figure className="optical">
      <figcaption>
        {t.link.side[side]}
        <span>
          <span className="figure">{f.number(dbm, 1, 1)}</span> <span className="unit">dBm</span>
        </span>
      </figcaption>
      {limits !== null && lines.length > 0 && (
        <svg
          width="100%"
          height="38"
          role="img"
          aria-label={t.link.scale(
            `${t.link.side[side]} ${text(dbm)}`,
            text(low ?? lowWarning),
            text(high ?? highWarning),
          )}
        >
          {zonesOf(limits, from, to).map((zone) => (
            <rect
              key={zone.from}
              x={place(zone.from)}
              y="10"
              width={`${(100 * (zone.to - zone.from)) / (to - from)}%`}
              height="10"
              className={`zone-${zone.health}`}
            />
          ))}
          {([low, lowWarning, highWarning, high] as const).map(
            (line, at) =>
              line !== null && (
                <g key={LIMIT_IDS[at]}>
                  <line x1={place(line)} x2={place(line)} y1="8" y2="24" className="optical-line" />
                  <text x={place(line)} y="36" textAnchor={at % 2 === 0 ? 'end' : 'start'} className="optical-number">
                    {f.number(line, 1)}
                  </text>
                </g>
              ),
          )}
          <svg x={place(dbm)} overflow="visible" aria-hidden="true">
            <path d="M0 20V9" className="optical-pointer" />
            <path d="M-5 0H5L0 9Z" className="optical-hand" />
          </svg>
        </svg>
      )}
    </figure>
  );
}

const LIMIT_IDS = ['low', 'lowWarning', 'highWarning', 'high'] as const;
