import type { UseQueryResult } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ApiError } from '../api/endpoint.ts';
import { useAccount } from '../frame/account.ts';
import { useTexts } from '../i18n/texts.tsx';
import { useNow } from './now.ts';
import './screen.css';

/** Title, one line of context, actions at the right. */
export function PageHead(props: {
  readonly title: ReactNode;
  /** A heading of its own in the place of the title. */
  readonly heading?: ReactNode;
  readonly context?: ReactNode;
  readonly actions?: ReactNode;
}) {
  return (
    <header className="page-head">
      <div className="page-head-text">
        {props.heading ?? <h1>{props.title}</h1>}
        {props.context !== undefined && <p className="secondary">{props.context}</p>}
      </div>
      {props.actions !== undefined && <div className="page-head-actions">{props.actions}</div>}
    </header>
  );
}

const WIDTHS = [72, 54, 63, 48, 68, 58, 44, 61] as const;

/** The lines of what will come, shown only if it takes longer than 150 ms. */
export function Skeleton({ rows = 8, height }: { readonly rows?: number; readonly height?: number }) {
  const { t } = useTexts();
  return (
    <div className="skeleton" role="status" aria-label={t.waiting}>
      {height === undefined ? (
        Array.from({ length: rows }, (_, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike and never move
          <span key={row} className={`skeleton-row w${WIDTHS[row % WIDTHS.length]}`} />
        ))
      ) : (
        <span className="skeleton-block" ref={(node) => node?.style.setProperty('height', `${height}px`)} />
      )}
    </div>
  );
}

/** Nothing here: why, and the next step. */
export function Empty(props: {
  readonly title: ReactNode;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}) {
  return (
    <div className="message" data-kind="empty">
      <p className="message-title">{props.title}</p>
      {props.children !== undefined && <p className="secondary">{props.children}</p>}
      {props.action}
    </div>
  );
}

const asApiError = (error: unknown): ApiError =>
  error instanceof ApiError ? error : new ApiError('internal', 0, String(error));

/** What failed, that nothing was lost, and the way on. */
export function Failure(props: { readonly error: unknown; readonly what: string; readonly onRetry: () => void }) {
  const { t } = useTexts();
  const account = useAccount();
  const { code } = asApiError(props.error);
  if (code === 'forbidden') {
    return (
      <div className="message" role="alert" data-kind="forbidden">
        <p className="message-title">{t.failure.forbiddenTitle}</p>
        {account !== null && (
          <p className="secondary">
            {t.failure.forbiddenText(t.role[account.role], account.regionCode || t.failure.everyRegion)}
          </p>
        )}
        <Link to="/" className="button">
          {t.action.home}
        </Link>
      </div>
    );
  }
  if (code === 'not-found') return <NotFound />;
  return (
    <div className="message" role="alert" data-kind="failed">
      <p className="message-title">{t.failure.title(props.what)}</p>
      <p className="secondary">
        {t.failure[code]} {t.failure.nothingLost}
      </p>
      <button type="button" className="button" onClick={props.onRetry}>
        {t.action.retry}
      </button>
    </div>
  );
}

export function NotFound() {
  const { t } = useTexts();
  return (
    <div className="message" role="alert" data-kind="not-found">
      <p className="message-title">{t.failure.notFoundTitle}</p>
      <p className="secondary">{t.failure.notFoundText}</p>
      <Link to="/" className="button">
        {t.action.home}
      </Link>
    </div>
  );
}

/** Old figures stay on the screen, greyed, under a line that says how old they are. */
function Stale(props: {
  readonly what: string;
  readonly updatedAt: number;
  readonly onRetry: () => void;
  readonly children: ReactNode;
}) {
  const { t, f } = useTexts();
  const now = useNow();
  return (
    <>
      <p className="stale-line" role="status">
        {t.failure.staleTitle(props.what, f.ago(props.updatedAt, now))}
        <button type="button" className="button" onClick={props.onRetry}>
          {t.action.retry}
        </button>
      </p>
      <div className="stale-content" data-kind="stale">
        {props.children}
      </div>
    </>
  );
}

type AnswerProps<T> = {
  readonly query: UseQueryResult<T>;
  /** What the screen calls it: *Daftar gangguan*. */
  readonly what: string;
  readonly waiting?: ReactNode;
  readonly children: (data: T) => ReactNode;
};

/** Waiting, failed, stale or shown: the four states of whatever is asked for. */
export function Answer<T>({ query, what, waiting, children }: AnswerProps<T>) {
  const retry = () => void query.refetch();
  if (query.data !== undefined) {
    const { code } = asApiError(query.error);
    if (!query.isError) return children(query.data);
    if (code === 'not-found' || code === 'forbidden')
      return <Failure error={query.error} what={what} onRetry={retry} />;
    return (
      <Stale what={what} updatedAt={query.dataUpdatedAt} onRetry={retry}>
        {children(query.data)}
      </Stale>
    );
  }
  if (query.isError) return <Failure error={query.error} what={what} onRetry={retry} />;
  return waiting ?? <Skeleton />;
}
