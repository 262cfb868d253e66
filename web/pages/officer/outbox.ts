/** A report that waits on the telephone until it is sent. */
export type Waiting = {
  readonly id: string;
  /** Whose it is: nobody else sees or sends it. */
  readonly keeper: string;
  readonly action: string;
  readonly kind: string;
  /** The kind in words. */
  readonly title: string;
  readonly site: string;
  readonly writtenAt: number;
  readonly photo: Blob | null;
  /** The centre does not want it: it stays until its owner has seen that. */
  readonly isRefused: boolean;
};

const DATABASE = 'simpul-desa';
const STORE = 'reports';
/** A photograph of ours has 500 KB: what waits fits into any telephone. */
export const MOST_WAITING = 20;

const done = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

let opened: Promise<IDBDatabase> | null = null;
function database(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: 'id' });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
}

const store = async (mode: IDBTransactionMode): Promise<IDBObjectStore> =>
  (await database()).transaction(STORE, mode).objectStore(STORE);

/** Rejects where the browser has no store for it. */
export const put = async (report: Waiting): Promise<unknown> => done((await store('readwrite')).put(report));
export const remove = async (id: string): Promise<unknown> => done((await store('readwrite')).delete(id));
export const clear = async (): Promise<unknown> => done((await store('readwrite')).clear());

/** What waits of this person, the first first. What another left behind is removed. */
export async function waitingOf(keeper: string): Promise<readonly Waiting[]> {
  const all = await done<Waiting[]>((await store('readonly')).getAll());
  for (const { id } of all.filter((one) => one.keeper !== keeper)) await remove(id);
  return all.filter((one) => one.keeper === keeper).sort((a, b) => a.writtenAt - b.writtenAt);
}

const SEND_MS = 60_000;

/** Whether it is through: `kept`, not wanted (`refused`), or the line or the server is away (`later`). */
export async function send(report: Waiting): Promise<'kept' | 'refused' | 'later'> {
  const form = new FormData();
  form.set('id', report.id);
  form.set('kind', report.kind);
  form.set('site', report.site);
  form.set('age', String(Math.max(0, Date.now() - report.writtenAt)));
  if (report.photo !== null) form.set('photo', report.photo, 'photo.jpg');
  try {
    const { ok, status } = await fetch(report.action, {
      method: 'POST',
      body: form,
      headers: { accept: 'application/json' },
      signal: AbortSignal.timeout(SEND_MS),
    });
    if (ok) return 'kept';
    // Signed out meanwhile, or too often: it is sent another time.
    return status >= 500 || status === 401 || status === 403 || status === 429 ? 'later' : 'refused';
  } catch {
    return 'later';
  }
}
