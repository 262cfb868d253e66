import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { EDITORS } from '../../../core/contract/contract.ts';
import type { IncidentNotice } from '../../../core/contract/notice-policies.ts';
import { incidentNoticesQuery, retryNotice } from '../../api/notices.ts';
import { Wrong } from '../../components/form/Wrong.tsx';
import { Moment } from '../../components/Moments.tsx';
import { Answer, Skeleton } from '../../components/Screen.tsx';
import { useAccount } from '../../frame/account.ts';
import { useTexts } from '../../i18n/texts.tsx';

function State({ notice }: { readonly notice: IncidentNotice }) {
  const { t } = useTexts();
  const { state, heldUntil, sentAt, failedAt } = notice;
  const at = state === 'held' ? heldUntil : state === 'sent' ? sentAt : state === 'failed' ? failedAt : null;
  return (
    <span className={state === 'failed' ? 'state-down' : 'secondary'}>
      {t.notices.state[state]} {at !== null && <Moment at={at} />}
    </span>
  );
}

/** `unreachable: ECONNREFUSED` as people say it; the provider's own word stays beside it. */
function useFailure(): (error: string) => string {
  const { t } = useTexts();
  const words: Readonly<Record<string, string>> = t.notices.failure;
  return (error) => {
    const [failure = '', ...detail] = error.split(': ');
    const known = words[failure];
    return known === undefined ? error : [known, ...detail].join(' ');
  };
}

function Line({ notice, incidentId }: { readonly notice: IncidentNotice; readonly incidentId: string }) {
  const { t, f } = useTexts();
  const queryClient = useQueryClient();
  const failureOf = useFailure();
  const retry = useMutation({
    mutationFn: () => retryNotice({ params: { incidentId, noticeId: notice.id } }),
    onSuccess: (answer) => queryClient.setQueryData(incidentNoticesQuery(incidentId).queryKey, answer),
  });
  return (
    <li>
      <span className="small muted">
        <Moment at={notice.decidedAt} />
      </span>
      <div>
        <p>
          <strong>{notice.recipientName === '' ? t.notices.gone : notice.recipientName}</strong>{' '}
          <span className="secondary">
            {t.notices.kind[notice.kind]}
            {notice.round > 0 && ` · ${t.notices.round(f.number(notice.round + 1))}`}
          </span>
        </p>
        <p className="small">
          {notice.channelName} · <span className="mono">{notice.to}</span>
        </p>
        <p className="small">
          <State notice={notice} />
        </p>
        {notice.state !== 'sent' && notice.lastError !== null && (
          <p className="small muted notice-error">
            {t.notices.tries(f.number(notice.tries))}: {failureOf(notice.lastError)}
          </p>
        )}
        {notice.state === 'failed' && (
          <button type="button" className="button" disabled={retry.isPending} onClick={() => retry.mutate()}>
            {t.action.retry}
          </button>
        )}
        <Wrong error={retry.error} />
      </div>
    </li>
  );
}

/** Who was told, over which channel, and what became of it. */
export function Notices({ incidentId }: { readonly incidentId: string }) {
  const { t } = useTexts();
  const role = useAccount()?.role;
  const maySee = EDITORS.some((editor) => editor === role);
  const query = useQuery({ ...incidentNoticesQuery(incidentId), enabled: maySee });
  if (!maySee) return null;
  return (
    <section>
      <h2>{t.notices.title}</h2>
      <Answer query={query} what={t.notices.title} waiting={<Skeleton rows={2} />}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="secondary">{t.notices.none}</p>
          ) : (
            <ol className="timeline">
              {items.toReversed().map((notice) => (
                <Line key={notice.id} notice={notice} incidentId={incidentId} />
              ))}
            </ol>
          )
        }
      </Answer>
    </section>
  );
}
