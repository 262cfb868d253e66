import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { ApiError } from '../../api/endpoint.ts';
import { changed, type Edit, isEmpty, keepEdit, keptEdit, noEdit, rebased, without } from './edit.ts';

const CHANGED_MEANWHILE = 'changed-meanwhile';

type Options<T extends object, R> = {
  /** Under which what is not saved yet is kept. */
  readonly key: string;
  /** What stands now, or what a new one begins with. */
  readonly current: T;
  readonly save: (edit: Edit<T>, values: T) => Promise<R>;
  /** Shows the change before it is stored. @returns what takes it back */
  readonly ahead?: (values: T) => () => void;
  readonly onSaved: (result: R, edit: Edit<T>) => void;
  /** Asks again for what stands, after somebody else changed it. */
  readonly refresh: () => Promise<unknown>;
  /** A new thing may be saved as it is. */
  readonly isNew?: boolean;
};

export type Bound<V> = {
  readonly name: string;
  readonly value: V;
  /** Why the server refused it. */
  readonly fault: string | null;
  readonly onChange: (value: V) => void;
};

export type EditForm<T extends object> = {
  readonly values: T;
  readonly edit: Edit<T>;
  readonly isKept: boolean;
  readonly isSaving: boolean;
  readonly maySave: boolean;
  readonly error: Error | null;
  /** Fields that somebody else changed since they were seen here. */
  readonly conflict: readonly string[];
  readonly set: (change: Partial<T>) => void;
  readonly bind: <K extends keyof T & string>(name: K) => Bound<T[K]>;
  readonly submit: (event: FormEvent) => void;
  readonly discard: () => void;
  readonly useMine: () => void;
  readonly useTheirs: () => void;
};

const faultsOf = (error: Error | null): ApiError['faults'] => (error instanceof ApiError ? error.faults : []);
const conflictOf = (error: Error | null): readonly string[] =>
  faultsOf(error).flatMap(({ field = '', reason }) => (reason === CHANGED_MEANWHILE ? [field.replace('/', '')] : []));

/** A form over a thing of the inventory: what differs is kept over a reload, and saved only where nobody else was faster. */
export function useEdit<T extends object, R>(options: Options<T, R>): EditForm<T> {
  const { key, current, save, ahead, onSaved, refresh, isNew = false } = options;
  const [kept] = useState(() => keptEdit<T>(key, Object.keys(current)));
  const [edit, setEdit] = useState<Edit<T>>(kept ?? noEdit());
  const [isKept, setKept] = useState(kept !== null);
  const values: T = { ...current, ...edit.changes };
  const put = (next: Edit<T>): void => {
    setEdit(next);
    keepEdit(key, next);
  };
  const mutation = useMutation({
    mutationFn: (asked: Edit<T>) => save(asked, { ...current, ...asked.changes }),
    onMutate: (asked) => ahead?.({ ...current, ...asked.changes }),
    onError: (error, _asked, takeBack) => {
      takeBack?.();
      if (conflictOf(error).length > 0) void refresh();
    },
    onSuccess: (result, asked) => {
      keepEdit(key, noEdit());
      onSaved(result, asked);
    },
  });
  const conflict = conflictOf(mutation.error);
  return {
    values,
    edit,
    isKept,
    isSaving: mutation.isPending,
    maySave: !mutation.isPending && (isNew || !isEmpty(edit)),
    error: mutation.error,
    conflict,
    set: (change) => put(changed(edit, current, change)),
    bind: (name) => ({
      name,
      value: values[name],
      fault: faultsOf(mutation.error).find(({ field }) => field === `/${name}`)?.reason ?? null,
      onChange: (value) => put(changed(edit, current, { [name]: value } as unknown as Partial<T>)),
    }),
    submit(event) {
      event.preventDefault();
      mutation.mutate(edit);
    },
    discard() {
      put(noEdit());
      setKept(false);
      mutation.reset();
    },
    useMine() {
      const next = rebased(edit, current, conflict);
      put(next);
      mutation.mutate(next);
    },
    useTheirs() {
      put(without(edit, conflict));
      mutation.reset();
    },
  };
}
