import { HOUR } from '../../core/domain/clock.ts';
import { useTexts } from '../i18n/texts.tsx';
import './hour-strip.css';

type Props = { readonly from: number; readonly hours: readonly (number | null)[] };

/** From here on an hour counts as whole: one lost probe of an hour is no fault. */
const WHOLE = 0.995;

function kindOf(share: number | null): 'unseen' | 'up' | 'part' | 'down' {
  if (share === null) return 'unseen';
  if (share >= WHOLE) return 'up';
  return share <= 0.005 ? 'down' : 'part';
}

/** A day as 24 cells; a cell that was partly down is filled as high as it was up. */
export function HourStrip({ from, hours }: Props) {
  const { t, f } = useTexts();
  const middle = from + Math.floor(hours.length / 2) * HOUR;
  return (
    <figure className="strip" aria-label={t.village.strip}>
      <ul className="strip-cells">
        {hours.map((share, hour) => {
          const at = from + hour * HOUR;
          const text = share === null ? t.village.stripUnseen : t.village.stripUp(f.percent(share, 0));
          const kind = kindOf(share);
          return (
            <li
              key={at}
              className={`strip-cell strip-${kind}`}
              data-tip={t.village.stripHour(f.clock(at), f.clock(at + HOUR), text)}
              ref={(cell) => cell?.style.setProperty('--share', String(share ?? 0))}
            />
          );
        })}
      </ul>
      <figcaption>
        <span>{f.clock(from)}</span>
        <span>{f.clock(middle)}</span>
        <span>{t.time.now}</span>
      </figcaption>
    </figure>
  );
}
