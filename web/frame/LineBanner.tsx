import { SECOND } from '../../core/domain/clock.ts';
import { useNow } from '../components/now.ts';
import { useTexts } from '../i18n/texts.tsx';
import { useLine } from './line.tsx';

/** A break shorter than this mends itself before anyone has read of it. */
const GRACE_MS = 5 * SECOND;

export function LineBanner() {
  const { t, f } = useTexts();
  const line = useLine();
  const now = useNow();
  if (line.kind !== 'lost' || now - line.sinceAt < GRACE_MS) return null;
  return (
    <p className="line-banner" role="status">
      {t.line.lost(f.since(line.sinceAt, now))}
    </p>
  );
}
