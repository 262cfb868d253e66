import type { VoucherUse } from '../../../core/contract/portal/voucher.ts';
import { voidVoucherSerials } from '../../api/portal.ts';
import { Wrong } from '../../components/form/Wrong.tsx';
import { usePortalChange } from './change.ts';
import { Sure } from './Sure.tsx';
import { usePortalTexts } from './texts.ts';

/** Makes one slip worthless, by its printed number: it was lost, or somebody else has it. */
export function VoidVoucher({ batchId, use }: { readonly batchId: string; readonly use: VoucherUse }) {
  const { p } = usePortalTexts();
  const change = usePortalChange(() => voidVoucherSerials({ params: { batchId }, body: { serials: [use.serial] } }));
  if (use.voidedAt !== null) return <span className="zero">{p.vouchers.voided}</span>;
  return (
    <>
      <Sure
        text={p.vouchers.voidOne}
        question={p.vouchers.voidOneSure}
        isBusy={change.isPending}
        onSure={() => change.mutate(undefined)}
      />
      <Wrong error={change.error} />
    </>
  );
}
