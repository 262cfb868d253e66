import type { LoginHealth } from '../../../core/contract/portal/site-routes.ts';
import { SECOND } from '../../../core/domain/clock.ts';
import { usePortalTexts } from './texts.ts';

/** Fewer than this share of logins coming through is worth a look, once there were enough to tell. */
const GOOD_SHARE = 0.9;
const ENOUGH = 10;

export const isFailing = ({ issued, online }: LoginHealth): boolean => issued >= ENOUGH && online < issued * GOOD_SHARE;

export function Success({ health }: { readonly health: LoginHealth }) {
  const { f } = usePortalTexts();
  const { issued, online } = health;
  if (issued === 0) return <span className="zero">–</span>;
  return (
    <span
      className={isFailing(health) ? 'portal-failing' : undefined}
      data-tip={`${f.number(online)}/${f.number(issued)}`}
    >
      {f.percent(online / issued)}
    </span>
  );
}

export function TimeToOnline({ ms }: { readonly ms: number | null }) {
  const { p, f } = usePortalTexts();
  return ms === null ? (
    <span className="zero">–</span>
  ) : (
    p.overview.seconds(f.number(ms / SECOND, ms < 10 * SECOND ? 1 : 0))
  );
}

export function Count({ value }: { readonly value: number }) {
  const { f } = usePortalTexts();
  return value === 0 ? <span className="zero">0</span> : f.number(value);
}

export function Octets({ value }: { readonly value: number }) {
  const { f } = usePortalTexts();
  if (value === 0) return <span className="zero">0</span>;
  const { value: figure, unit } = f.bytes(value);
  return (
    <>
      {figure} <span className="unit">{unit}</span>
    </>
  );
}
