import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { VoucherBatch } from '../../../core/contract/portal/voucher.ts';
import type { IssuedVouchers } from '../../../core/contract/portal/voucher-routes.ts';
import { voucherBatchesQuery } from '../../api/portal.ts';
import { useNow } from '../../components/now.ts';
import { PagedList } from '../../components/PagedList.tsx';
import { Empty } from '../../components/Screen.tsx';
import { Table } from '../../components/Table.tsx';
import { RegionName } from '../settings/fields.tsx';
import { PortalPage } from './PortalPage.tsx';
import { SideList } from './SideList.tsx';
import { usePortalTexts } from './texts.ts';
import { VoucherForm } from './VoucherForm.tsx';
import { VoucherReport } from './VoucherReport.tsx';
import { VoucherSheets } from './VoucherSheets.tsx';

function Row({ batch, onOpen }: { readonly batch: VoucherBatch; readonly onOpen: () => void }) {
  const { p, f } = usePortalTexts();
  const now = useNow();
  const { name, siteName, regionCode, planName, used, count, validUntil, voidedAt } = batch;
  return (
    <>
      <th scope="row">
        <button type="button" className="portal-open" onClick={onOpen}>
          {name}
        </button>
        <span className="sub">
          {f.date(batch.createdAt)}
          {batch.createdByName !== null && ` · ${batch.createdByName}`}
        </span>
      </th>
      <td className="wide-only">{siteName ?? <RegionName code={regionCode ?? ''} />}</td>
      <td className="wide-only">{planName ?? <span className="zero">{p.vouchers.sitePlan}</span>}</td>
      <td className="number">{p.vouchers.used(f.number(used), f.number(count))}</td>
      <td className="number">
        {f.date(validUntil)}
        {(voidedAt !== null || validUntil < now) && (
          <span className="sub">{voidedAt === null ? p.vouchers.over : p.vouchers.voided}</span>
        )}
      </td>
    </>
  );
}

/** Sheets of codes: made, printed once, followed. */
export function VouchersPage() {
  const { p } = usePortalTexts();
  const { region, page = 1, edit: asked } = useSearch({ from: '/portal/vouchers' });
  const navigate = useNavigate({ from: '/portal/vouchers' });
  const edit = (id: string | undefined) => void navigate({ search: (previous) => ({ ...previous, edit: id }) });
  /** Codes live in this page alone, until it is left. */
  const [issued, setIssued] = useState<IssuedVouchers | null>(null);
  const query = useQuery(voucherBatchesQuery({ region }, page));
  const { column } = p.vouchers;
  return (
    <PortalPage
      context={p.vouchers.context}
      actions={
        <button type="button" className="button primary" onClick={() => edit('new')}>
          {p.vouchers.add}
        </button>
      }
    >
      {issued !== null && <VoucherSheets issued={issued} onDone={() => setIssued(null)} />}
      <PagedList
        query={query}
        what={p.tab.vouchers}
        empty={<Empty title={p.vouchers.none}>{p.vouchers.noneHint}</Empty>}
        around={(list, items) => {
          const chosen = items.find(({ id }) => id === asked) ?? null;
          const close = () => edit(undefined);
          const side =
            asked === 'new' ? (
              <VoucherForm
                onClose={close}
                onMade={(made) => {
                  setIssued(made);
                  close();
                }}
              />
            ) : (
              chosen !== null && <VoucherReport key={chosen.id} batch={chosen} onClose={close} />
            );
          return <SideList side={side}>{list}</SideList>;
        }}
      >
        {(items) => (
          <Table
            columns={[
              column.name,
              [column.where, 'wide-only'],
              [column.plan, 'wide-only'],
              [column.used, 'number'],
              [column.until, 'number'],
            ]}
          >
            {items.map((batch) => (
              <tr key={batch.id} aria-current={batch.id === asked}>
                <Row batch={batch} onOpen={() => edit(batch.id)} />
              </tr>
            ))}
          </Table>
        )}
      </PagedList>
    </PortalPage>
  );
}
