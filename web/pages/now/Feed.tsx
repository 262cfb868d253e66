import { Link } from '@tanstack/react-router';
import type { FeedItem, Now } from '../../../core/contract/now.ts';
import { Ago } from '../../components/Moments.tsx';
import { StateMark } from '../../components/StateMark.tsx';
import { useNowTexts } from './texts.ts';

function Name({ item }: { readonly item: FeedItem }) {
  const { f, n } = useNowTexts();
  const { kind, id, name, count } = item;
  if (kind === 'batch') return n.devices(f.number(count ?? 0));
  if (id === null) return name;
  if (kind === 'site-added')
    return (
      <Link to="/sites/$siteId" params={{ siteId: id }} className="plain">
        {name}
      </Link>
    );
  if (kind === 'state' || kind === 'device-added')
    return (
      <Link to="/devices/$deviceId" params={{ deviceId: id }} className="plain">
        {name}
      </Link>
    );
  return (
    <Link to="/maintenance" className="plain">
      {name}
    </Link>
  );
}

/** What changed within the hour, newest first. */
export function Feed({ now }: { readonly now: Now }) {
  const { f, n } = useNowTexts();
  return (
    <section className="now-feed">
      <h2>{n.feed}</h2>
      {now.feed.length === 0 && <p className="secondary small">{n.feedEmpty}</p>}
      <ul>
        {now.feed.map((item) => (
          <li key={`${item.kind} ${item.id} ${item.at} ${item.state}`}>
            <StateMark mark={item.state ?? (item.kind.startsWith('maintenance') ? 'planned' : 'not-proposed')} />
            <span>
              <Name item={item} />{' '}
              <span className="secondary">
                {item.state === null ? n.change[item.kind] : n.became[item.state]}
                {item.by !== null && ` · ${item.by}`}
              </span>
            </span>
            <span className="muted small">
              <Ago at={item.at} />
            </span>
          </li>
        ))}
      </ul>
      {now.feedOmitted > 0 && <p className="muted small">{n.feedOmitted(f.number(now.feedOmitted))}</p>}
    </section>
  );
}
