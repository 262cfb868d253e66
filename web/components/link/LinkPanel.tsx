import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { LinkHealthView, LinkReason, ListedLink, Load } from '../../../core/contract/links.ts';
import { linkHealthQuery } from '../../api/queries.ts';
import { mayEditInventory, useAccount } from '../../frame/account.ts';
import type { Format } from '../../i18n/format.ts';
import type { Dictionary } from '../../i18n/id.ts';
import { useTexts } from '../../i18n/texts.tsx';
import { Answer, Skeleton } from '../Screen.tsx';
import { LinkWord } from './LinkWord.tsx';
import { OpticalScale } from './OpticalScale.tsx';
import './link.css';

/** Less is the weather of a module's temperature. */
const STEADY_DB = 0.3;

function figureText(f: Format, t: Dictionary, value: number | null, unit: LinkReason['unit']): string {
  if (value === null || unit === null) return '';
  switch (unit) {
    case 'dBm':
      return `${f.number(value, 1)} ${unit}`;
    // The words say which way it went.
    case 'dB':
      return `${f.number(Math.abs(value), 1)} ${unit}`;
    case 'share':
      return f.percent(value, 0);
    case 'perMillion':
    case 'perSecond':
      return t.link.lost[unit](f.number(value, value < 10 ? 2 : 0));
  }
}

function Reasons({ health, reasons }: Pick<LinkHealthView, 'health' | 'reasons'>) {
  const { t, f } = useTexts();
  if (reasons.length === 0) return <p className="secondary">{health === 'unknown' ? t.link.unseen : t.link.fine}</p>;
  return (
    <ul className="link-reasons">
      {reasons.map(({ kind, value, limit, unit, health: of }) => (
        <li key={kind} className={`link-reason-${of}`}>
          <strong>{t.link.reason[kind](figureText(f, t, value, unit), figureText(f, t, limit, unit))}</strong>
          <span className="secondary">{t.link.advice[kind]}</span>
        </li>
      ))}
    </ul>
  );
}

function Optics({ rx, tx, rxChange }: Pick<LinkHealthView, 'rx' | 'tx' | 'rxChange'>) {
  const { t, f } = useTexts();
  if (rx === null && tx === null) return null;
  const limits = rx?.limits ?? tx?.limits ?? null;
  const { db = 0, days = 0 } = rxChange ?? {};
  const way = Math.abs(db) < STEADY_DB ? 'steady' : db < 0 ? 'fell' : 'rose';
  const over = f.number(days);
  const change = way === 'steady' ? t.link.change.steady(over) : t.link.change[way](f.number(Math.abs(db), 1), over);
  return (
    <section>
      <h3>{t.link.optics}</h3>
      {rx !== null && <OpticalScale side="rx" power={rx} />}
      {rxChange !== null && <p className="small secondary">{change}</p>}
      {tx !== null && <OpticalScale side="tx" power={tx} />}
      <p className="small muted">
        {limits === null
          ? t.link.limits.none
          : limits.standard === null
            ? t.link.limits.device
            : t.link.limits.standard(limits.standard)}
      </p>
    </section>
  );
}

/** From the contract's start to its end, a line where it is nearly used up. */
function UseBar({ side, load }: { readonly side: string; readonly load: Load }) {
  const { t, f } = useTexts();
  const { bps, share } = load;
  const rate = f.bitRate(bps);
  const health = share === null || share < 0.8 ? 'good' : share < 0.95 ? 'watch' : 'bad';
  return (
    <figure className="link-use">
      <figcaption>
        {side}
        <span>
          <span className="figure">{rate.value}</span> <span className="unit">{rate.unit}</span>
          {share !== null && <span className="secondary"> · {f.percent(share, 0)}</span>}
        </span>
      </figcaption>
      {share !== null && (
        <svg
          width="100%"
          height="12"
          role="img"
          aria-label={t.link.bar(side, `${rate.value} ${rate.unit}`, f.percent(share, 0))}
        >
          <rect y="2" width="100%" height="8" className="use-track" />
          <rect y="2" width={`${100 * Math.min(1, share)}%`} height="8" className={`use-fill use-${health}`} />
          <line x1="80%" x2="80%" y1="0" y2="12" className="use-line" />
        </svg>
      )}
    </figure>
  );
}

function Use({
  load,
  contractMbps,
}: {
  readonly load: Pick<LinkHealthView, 'in' | 'out'>;
  readonly contractMbps: number | null;
}) {
  const { t } = useTexts();
  if (load.in === null && load.out === null) return null;
  return (
    <section>
      <h3>{contractMbps === null ? t.link.traffic : t.link.use}</h3>
      {load.in !== null && <UseBar side={t.link.in} load={load.in} />}
      {load.out !== null && <UseBar side={t.link.out} load={load.out} />}
      <p className="small muted">{t.link.useWhen}</p>
    </section>
  );
}

function Losses({ errors, discards }: Pick<LinkHealthView, 'errors' | 'discards'>) {
  const { t, f } = useTexts();
  if (errors === null && discards === null) return null;
  const text = (rate: LinkHealthView['errors']): string => {
    if (rate === null) return '–';
    if (rate.perSecond === 0) return t.link.noLoss;
    const unit = rate.perMillion === null ? 'perSecond' : 'perMillion';
    return figureText(f, t, rate[unit], unit);
  };
  return (
    <section>
      <h3>{t.link.losses}</h3>
      <dl className="link-losses">
        <dt>{t.link.errors}</dt>
        <dd>{text(errors)}</dd>
        <dt>{t.link.discards}</dt>
        <dd>{text(discards)}</dd>
      </dl>
    </section>
  );
}

/** Medium, provider, contract and SLA in one line. */
export function LinkTerms({ link }: { readonly link: ListedLink }) {
  const { t, f } = useTexts();
  const { medium, provider, contractMbps, slaPercent } = link;
  const rate = contractMbps === null ? null : f.bitRate(contractMbps * 1e6);
  const terms = [
    t.link.medium[medium],
    provider,
    rate === null ? null : t.link.contract(`${rate.value} ${rate.unit}`),
    slaPercent === null ? null : t.link.sla(f.percent(slaPercent / 100, 1)),
  ];
  return <>{terms.filter((term) => term !== null).join(' · ')}</>;
}

/** One link: how it does, what to do, and the figures behind it as pictures. */
export function LinkPanel({ link }: { readonly link: ListedLink }) {
  const { t } = useTexts();
  const account = useAccount();
  const mayEdit = link.fromSiteId !== null && mayEditInventory(account);
  const query = useQuery(linkHealthQuery(link.id));
  return (
    <article className="link-panel">
      <header>
        <LinkWord link={link} health={query.data?.health} />
        <h3 className="link-name">{link.name}</h3>
        {mayEdit && (
          <Link to="/links/$linkId/edit" params={{ linkId: link.id }} className="small">
            {t.action.change}
            <span className="hidden-visually"> {link.name}</span>
          </Link>
        )}
        <p className="small secondary">
          <LinkTerms link={link} />
        </p>
      </header>
      <Answer query={query} what={t.link.title} waiting={<Skeleton rows={3} />}>
        {(view) => (
          <>
            <div className="link-figures">
              <Optics rx={view.rx} tx={view.tx} rxChange={view.rxChange} />
              <Use load={view} contractMbps={link.contractMbps} />
              <Losses errors={view.errors} discards={view.discards} />
            </div>
            {link.state !== 'down' && <Reasons health={view.health} reasons={view.reasons} />}
          </>
        )}
      </Answer>
    </article>
  );
}
