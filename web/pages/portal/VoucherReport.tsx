import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { VoucherBatch, VoucherUse } from '../../../core/contract/portal/voucher.ts';
import { SECOND } from '../../../core/domain/clock.ts';
import { voidVoucherBatch, voucherUseQuery } from '../../api/portal.ts';
import { Pager, Segments } from '../../components/Filters.tsx';
import { Wrong } from '../../components/form/Wrong.tsx';
import { Moment } from '../../components/Moments.tsx';
import { Answer } from '../../components/Screen.tsx';
import { usePortalChange } from './change.ts';
import { Octets } from './figures.tsx';
import { Sure } from './Sure.tsx';
import { usePortalTexts } from './texts.ts';
import { VoidVoucher } from './VoidVoucher.tsx';

const PAGE_SIZE = 50;

function Row({ batchId, use }: { readonly batchId: string; readonly use: VoucherUse }) {
  const { p, f } = usePortalTexts();
  return (
    <tr>
      <th scope="row" className="number">
        {f.number(use.serial)}
      </th>
      <td>
        {use.firstUsedAt === null ? (
          <span className="zero">{p.vouchers.unused}</span>
        ) : (
          <>
            <Moment at={use.firstUsedAt} />
            {use.expiresAt !== null && (
              <span className="sub">
                {p.vouchers.expires} <Moment at={use.expiresAt} />
              </span>
            )}
          </>
        )}
      </td>
      <td className="number">
        {use.seconds === 0 ? <span className="zero">0</span> : f.lasting(use.seconds * SECOND)}
        <span className="phone-only">
          <span className="sub">
            <Octets value={use.octets} />
          </span>
        </span>
      </td>
      <td className="number wide-only">
        <Octets value={use.octets} />
      </td>
      <td className="portal-action">
        <VoidVoucher batchId={batchId} use={use} />
      </td>
    </tr>
  );
}

/** What became of the codes of a batch, by their printed number. */
export function VoucherReport({ batch, onClose }: { readonly batch: VoucherBatch; readonly onClose: () => void }) {
  const { p, t } = usePortalTexts();
  const v = p.vouchers;
  const [isUsedOnly, setUsedOnly] = useState(true);
  const [page, setPage] = useState(1);
  const query = useQuery(voucherUseQuery(batch.id, isUsedOnly, page));
  const end = usePortalChange(() => voidVoucherBatch({ params: { batchId: batch.id } }));
  return (
    <>
      <div className="portal-section">
        <h2>{batch.name}</h2>
        <Segments
          label={v.report}
          value={isUsedOnly ? 'used' : 'all'}
          options={[
            { value: 'used', text: v.usedOnly },
            { value: 'all', text: v.all },
          ]}
          onChange={(which) => {
            setUsedOnly(which === 'used');
            setPage(1);
          }}
        />
      </div>
      <Answer query={query} what={v.report}>
        {({ items, total }) =>
          items.length === 0 ? (
            <p className="secondary">{v.reportNone}</p>
          ) : (
            <div>
              <div className="table-box">
                <table className="table">
                  <thead>
                    <tr>
                      <th scope="col" className="number">
                        {v.serial}
                      </th>
                      <th scope="col">{v.firstUsed}</th>
                      <th scope="col" className="number">
                        {v.lasting}
                      </th>
                      <th scope="col" className="number wide-only">
                        {v.data}
                      </th>
                      <th scope="col" className="portal-action">
                        {v.action}
                      </th>
                    </tr>
                  </thead>
                  <tbody>
                    {items.map((use) => (
                      <Row key={use.serial} batchId={batch.id} use={use} />
                    ))}
                  </tbody>
                </table>
              </div>
              <Pager page={page} pageSize={PAGE_SIZE} total={total} onPage={setPage} />
            </div>
          )
        }
      </Answer>
      <div className="portal-section">
        {batch.voidedAt === null && <p className="form-hint">{v.voidHint}</p>}
        <Wrong error={end.error} />
        <div className="form-actions">
          {batch.voidedAt === null && (
            <Sure text={v.void} question={v.voidSure} isBusy={end.isPending} onSure={() => end.mutate(undefined)} />
          )}
          <button type="button" className="button quiet" onClick={onClose}>
            {t.action.close}
          </button>
        </div>
      </div>
    </>
  );
}
