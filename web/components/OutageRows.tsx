import { Link } from '@tanstack/react-router';
import type { Outage } from '../../core/contract/outages.ts';
import { useTexts } from '../i18n/texts.tsx';
import { Moment, MomentAfter, Since } from './Moments.tsx';
import { StateMark } from './StateMark.tsx';
import './outage-rows.css';

/** A code of the collector in words, where the dictionary knows it. */
export function useReason(): (reason: string | null) => string {
  const { t } = useTexts();
  const known: Readonly<Record<string, string>> = t.reason;
  return (reason) => (reason === null ? '' : (known[reason] ?? reason));
}

/** Outages in short, for panels: what, where, since when. */
export function OutageRows({
  outages,
  withDevice = false,
}: {
  readonly outages: readonly Outage[];
  readonly withDevice?: boolean;
}) {
  const { t, f } = useTexts();
  return (
    <ul className="outage-rows">
      {outages.map((outage) => (
        <li key={outage.id}>
          <StateMark
            mark={outage.endedAt === null ? 'down' : 'up'}
            label={outage.endedAt === null ? t.state.down : t.outages.closed}
          />
          <div>
            <Link to="/devices/$deviceId" params={{ deviceId: outage.deviceId }} className="outage-name">
              {withDevice ? outage.deviceName : outage.siteName}
            </Link>
            {!withDevice && <p className="small secondary ellipsis">{outage.place}</p>}
            <p className="small muted">
              {outage.endedAt === null ? (
                <Since at={outage.startedAt} />
              ) : (
                <>
                  <Moment at={outage.startedAt} />–
                  <MomentAfter at={outage.endedAt} from={outage.startedAt} /> ·{' '}
                  {f.lasting(outage.endedAt - outage.startedAt)}
                </>
              )}
            </p>
          </div>
        </li>
      ))}
    </ul>
  );
}
