import type { IssuedVouchers } from '../../../core/contract/portal/voucher-routes.ts';
import { addressOf } from '../../api/endpoint.ts';
import { usePortalTexts } from './texts.ts';

const SHEETS = ['a4', 'thermal', 'csv'] as const;

/** Codes that were just made, on paper or as a file. They go back as a form, so that the sheet opens in its own tab. */
export function VoucherSheets({
  issued: { batch, codes },
  onDone,
}: {
  readonly issued: IssuedVouchers;
  readonly onDone: () => void;
}) {
  const { p, f, language } = usePortalTexts();
  const words = { a4: p.vouchers.printA4, thermal: p.vouchers.printThermal, csv: p.vouchers.csv };
  return (
    <section className="portal-codes" role="status">
      <div>
        <h2>
          {batch.name}: {p.vouchers.made(f.number(codes.length))}
        </h2>
        <p>{p.vouchers.madeHint}</p>
      </div>
      <div className="form-actions">
        {SHEETS.map((format) => (
          <form
            key={format}
            method="post"
            target={format === 'csv' ? undefined : '_blank'}
            action={addressOf('/api/v1/portal/voucher-batches/:batchId/sheet', { batchId: batch.id })}
          >
            <input type="hidden" name="format" value={format} />
            <input type="hidden" name="language" value={language} />
            <input type="hidden" name="codes" value={codes.join(' ')} />
            <button type="submit" className={format === 'a4' ? 'button primary' : 'button'}>
              {words[format]}
            </button>
          </form>
        ))}
        <button type="button" className="button quiet" onClick={onDone}>
          {p.vouchers.doneWith}
        </button>
      </div>
    </section>
  );
}
