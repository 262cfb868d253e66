import type { ReactNode } from 'react';
import { ApiError } from '../../api/endpoint.ts';
import { Wrong } from '../../components/form/Wrong.tsx';
import { Empty, PageHead } from '../../components/Screen.tsx';
import { mayEditInventory, useAccount } from '../../frame/account.ts';
import { useEditTexts } from './texts.ts';
import type { EditForm } from './use-edit.ts';
import '../../components/form/form.css';
import './editing.css';

/** A page of a form: for editors alone. */
export function EditPage({
  title,
  context,
  children,
}: {
  readonly title: string;
  readonly context?: string;
  readonly children: ReactNode;
}) {
  const { e } = useEditTexts();
  const account = useAccount();
  const mayEdit = account === null || mayEditInventory(account);
  return (
    <div className="page">
      <PageHead title={title} context={context ?? '\u00a0'} />
      {mayEdit ? children : <Empty title={e.forbidden} />}
    </div>
  );
}

/** A value of a field as a person reads it. */
export type ShowValue = (field: string, value: unknown) => string;

function Conflict<T extends object>({
  form,
  show,
  current,
}: {
  readonly form: EditForm<T>;
  readonly show: ShowValue;
  readonly current: T;
}) {
  const { e } = useEditTexts();
  const at = (of: Partial<T>, field: string): string => show(field, (of as Readonly<Record<string, unknown>>)[field]);
  return (
    <section className="edit-conflict" role="alert">
      <h2>{e.conflict.title}</h2>
      <p className="secondary">{e.conflict.text}</p>
      <div className="table-box">
        <table className="table">
          <thead>
            <tr>
              {[e.conflict.field, e.conflict.before, e.conflict.theirs, e.conflict.mine].map((text) => (
                <th key={text} scope="col">
                  {text}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {form.conflict.map((field) => (
              <tr key={field}>
                <th scope="row">{e.field[field] ?? field}</th>
                <td className="secondary">{at(form.edit.seen, field)}</td>
                <td>{at(current, field)}</td>
                <td>{at(form.edit.changes, field)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="form-actions">
        <button type="button" className="button primary" disabled={form.isSaving} onClick={form.useMine}>
          {e.conflict.useMine}
        </button>
        <button type="button" className="button" disabled={form.isSaving} onClick={form.useTheirs}>
          {e.conflict.useTheirs}
        </button>
      </div>
    </section>
  );
}

/** Fields, what stands in their way, and the buttons below them. */
export function EditFrame<T extends object>(props: {
  readonly form: EditForm<T>;
  readonly current: T;
  readonly show: ShowValue;
  readonly onCancel: () => void;
  /** Beside the buttons: what ends a thing. */
  readonly ending?: ReactNode;
  readonly children: ReactNode;
}) {
  const { form, current, show, onCancel, ending, children } = props;
  const { e } = useEditTexts();
  const { error } = form;
  const isTaken = error instanceof ApiError && error.code === 'conflict';
  return (
    <form className="form edit-form" onSubmit={form.submit}>
      {form.isKept && (
        <p className="edit-kept" role="status">
          {e.kept}
          <button type="button" className="button" onClick={form.discard}>
            {e.discard}
          </button>
        </p>
      )}
      {form.conflict.length > 0 && <Conflict form={form} show={show} current={current} />}
      {children}
      {form.conflict.length === 0 &&
        (isTaken ? (
          <p role="alert" className="wrong">
            {e.taken}
          </p>
        ) : (
          <Wrong error={error} />
        ))}
      <div className="form-actions edit-actions">
        <button type="submit" className="button primary" disabled={!form.maySave}>
          {form.isSaving ? e.saving : e.save}
        </button>
        <button
          type="button"
          className="button quiet"
          onClick={() => {
            form.discard();
            onCancel();
          }}
        >
          {e.cancel}
        </button>
        {ending}
      </div>
    </form>
  );
}
