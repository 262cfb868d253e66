import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { ImportReport } from '../../../core/contract/inventory-files.ts';
import { ApiError } from '../../api/endpoint.ts';
import { importInventory } from '../../api/inventory.ts';
import { Segments } from '../../components/Filters.tsx';
import { Wrong } from '../../components/form/Wrong.tsx';
import { useInventoryChanged } from '../../components/inventory-changed.ts';
import { EditPage } from './EditFrame.tsx';
import { CSV, FILE_TYPES, fileTypeOf } from './entered.ts';
import { useEditTexts } from './texts.ts';
import '../../components/table.css';

/** As the API takes it. */
const MOST_BYTES = 20 * 1024 * 1024;
const TABLES = ['sites', 'devices', 'links'] as const;
const SHOWN = ['all', 'create', 'update'] as const;
type Change = ImportReport['changes'][number];

function Counts({ report }: { readonly report: ImportReport }) {
  const { e, f } = useEditTexts();
  return (
    <p className="import-counts">
      <strong>{e.import.create(f.number(report.created))}</strong>
      <strong>{e.import.update(f.number(report.updated))}</strong>
      <span className="secondary">{e.import.same(f.number(report.unchanged))}</span>
    </p>
  );
}

function ChangeRow({ change }: { readonly change: Change }) {
  const { e, f } = useEditTexts();
  const { table, line, code, action, fields } = change;
  return (
    <tr>
      <td className="secondary">
        {e.import.table[table] ?? table}, {e.import.line(f.number(line))}
      </td>
      <th scope="row">
        <span className="mono">{code}</span>
      </th>
      <td>{e.import.actions[action]}</td>
      <td>
        {fields.map(({ field, before, after }) => (
          <div key={field}>
            <span className="muted">{e.field[field] ?? field}:</span>{' '}
            {action === 'update' && (
              <>
                <span className="import-before">{before === '' ? e.import.empty : before}</span> →{' '}
              </>
            )}
            {after === '' ? e.import.empty : after}
          </div>
        ))}
      </td>
    </tr>
  );
}

function Preview({ report }: { readonly report: ImportReport }) {
  const { e, f } = useEditTexts();
  const [shown, setShown] = useState<(typeof SHOWN)[number]>('all');
  const changes = report.changes.filter(
    ({ action }) => action !== 'unchanged' && (shown === 'all' || action === shown),
  );
  const isCut = report.created + report.updated > report.changes.length;
  return (
    <>
      <div className="import-foot">
        <Segments
          label={e.import.showLabel}
          value={shown}
          options={SHOWN.map((value) => ({ value, text: e.import.show[value] }))}
          onChange={setShown}
        />
        {isCut && <span className="muted small">{e.import.first(f.number(report.changes.length))}</span>}
      </div>
      <div className="table-box">
        <table className="table import-table">
          <thead>
            <tr>
              {[e.import.where, e.field['code'], e.import.action, e.import.changes].map((text) => (
                <th key={text} scope="col">
                  {text}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {changes.map((change) => (
              <ChangeRow key={`${change.table} ${change.line} ${change.code}`} change={change} />
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function Faults({ error }: { readonly error: ApiError }) {
  const { e, f } = useEditTexts();
  return (
    <section role="alert">
      <p>
        <strong>{e.import.refused(f.number(error.faults.length))}</strong> {e.import.refusedHint}
      </p>
      <div className="table-box">
        <table className="table import-table">
          <thead>
            <tr>
              {[e.import.where, e.conflict.field, e.import.reason].map((text) => (
                <th key={text} scope="col">
                  {text}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {error.faults.map(({ file, line, field, reason }, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a refusal does not change
              <tr key={at}>
                <td className="secondary">
                  {[file, line === undefined ? undefined : e.import.line(f.number(line))]
                    .filter((part) => part !== undefined)
                    .join(', ')}
                </td>
                <th scope="row">{field === undefined ? '' : (e.field[field] ?? field)}</th>
                <td>{reason}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** `/import`: a file is looked through before anything of it is stored. */
export function ImportPage() {
  const { e, f } = useEditTexts();
  const input = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const [isOver, setOver] = useState(false);
  const inventoryChanged = useInventoryChanged();
  const send = (dryRun: boolean) => (chosen: File) =>
    importInventory({ query: { dryRun } }, chosen.slice(0, chosen.size, fileTypeOf(chosen.name) ?? CSV));
  const check = useMutation({ mutationFn: send(true) });
  const apply = useMutation({ mutationFn: send(false), onSuccess: inventoryChanged });
  const choose = (chosen: File | undefined): void => {
    if (chosen === undefined) return;
    apply.reset();
    check.reset();
    const fault =
      fileTypeOf(chosen.name) === null ? e.import.wrongType : chosen.size > MOST_BYTES ? e.import.tooLarge : null;
    setWrong(fault);
    setFile(fault === null ? chosen : null);
    if (fault === null) check.mutate(chosen);
    // The same file can be chosen again once it is mended.
    if (input.current !== null) input.current.value = '';
  };
  const error = apply.error ?? check.error;
  const isRefused = error instanceof ApiError && error.faults.length > 0;
  const report = check.data;
  const isNothing = report !== undefined && report.created + report.updated === 0;
  return (
    <EditPage title={e.import.title} context={e.import.context}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping a file here is the other way to choose it */}
      <div
        className="import-drop"
        data-over={isOver}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          choose(event.dataTransfer.files[0]);
        }}
      >
        <label className="button import-choose">
          {e.import.choose}
          <input ref={input} type="file" accept={FILE_TYPES} onChange={({ target }) => choose(target.files?.[0])} />
        </label>
        <p className="secondary">{e.import.drop}</p>
        <p className="import-files secondary">
          {e.import.template}
          {TABLES.map((table) => (
            <a key={table} href={`/api/v1/inventory/export?format=csv&table=${table}`} download>
              {e.import.table[table]} (CSV)
            </a>
          ))}
          <a href="/api/v1/inventory/export?format=xlsx" download>
            {'XLSX'}
          </a>
        </p>
      </div>
      {wrong !== null && (
        <p role="alert" className="wrong">
          {wrong}
        </p>
      )}
      {check.isPending && <p role="status">{e.import.checking}</p>}
      {isRefused && <Faults error={error} />}
      {!isRefused && <Wrong error={error} />}
      {apply.data !== undefined ? (
        <p role="status" className="import-foot">
          <strong>{e.import.done(f.number(apply.data.created), f.number(apply.data.updated))}</strong>
        </p>
      ) : (
        report !== undefined &&
        file !== null && (
          <section>
            <div className="import-foot">
              <p role="status">{isNothing ? e.import.nothing : e.import.checked(file.name)}</p>
              <Counts report={report} />
              {!isNothing && (
                <button
                  type="button"
                  className="button primary"
                  disabled={apply.isPending}
                  onClick={() => apply.mutate(file)}
                >
                  {apply.isPending ? e.import.applying : e.import.apply}
                </button>
              )}
            </div>
            {!isNothing && <Preview report={report} />}
          </section>
        )
      )}
    </EditPage>
  );
}
