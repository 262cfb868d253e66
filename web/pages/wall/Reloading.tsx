import { useEffect } from 'react';
import { SECOND } from '../../../core/domain/clock.ts';
import { useTexts } from '../../i18n/texts.tsx';
import { renewPage } from './renew.ts';

const PAUSE_MS = 20 * SECOND;

/** What stands in place of a wall that failed: it starts anew by itself, since nobody is there to do it. */
export function Reloading() {
  const { t } = useTexts();
  useEffect(() => {
    const timer = setInterval(() => void renewPage(), PAUSE_MS);
    return () => clearInterval(timer);
  }, []);
  return (
    <p className="page" role="status">
      {t.waiting}
    </p>
  );
}
