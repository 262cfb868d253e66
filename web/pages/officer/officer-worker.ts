/**
 * Keeps the last page of the village officer's app (`api/officer/app`) on the telephone, for a line that is dead. What
 * is kept is of one account: another's sign-in, a sign-out and a session that ended wipe it.
 */
type Waits = { waitUntil(work: Promise<unknown>): void };
type Fetched = Waits & { readonly request: Request; respondWith(answer: Promise<Response>): void };
type Told = Waits & { readonly data: unknown };
type Keeper = {
  addEventListener(type: 'install' | 'activate', listener: (event: Waits) => void): void;
  addEventListener(type: 'fetch', listener: (event: Fetched) => void): void;
  addEventListener(type: 'message', listener: (event: Told) => void): void;
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void> };
};
const worker = self as unknown as Keeper;

const SHELL = 'desa-shell';
/** Whoever is in here wanted out while the line was dead. */
const OUT = 'desa-out';
const KEPT = 'desa-kept-';
const KEEPER = 'x-simpul-keeper';
const LINE_PAGE = '/desa/putus';
const SIGN_OUT = '/desa/keluar';
const SIGN_IN = '/desa/masuk';
const SCRIPT = '/assets/officer.js';
/** Longer than a bad line takes, shorter than people wait. */
const PATIENCE_MS = 10_000;

const pathOf = (url: string): string => new URL(url).pathname;

async function wipe(except = ''): Promise<void> {
  for (const name of await caches.keys()) if (name.startsWith(KEPT) && name !== except) await caches.delete(name);
}

async function keep(request: Request, answer: Response): Promise<void> {
  const keeper = answer.headers.get(KEEPER);
  if (keeper === null) return;
  const name = `${KEPT}${keeper}`;
  await wipe(name);
  // Without its query: what was just sent is not said again.
  const { origin, pathname } = new URL(request.url);
  await (await caches.open(name)).put(`${origin}${pathname}`, answer);
}

/** The page as it was, marked as such. */
async function kept(request: Request): Promise<Response> {
  const { origin, pathname } = new URL(request.url);
  for (const name of (await caches.keys()).filter((one) => one.startsWith(KEPT))) {
    const page = await (await caches.open(name)).match(`${origin}${pathname}`);
    if (page === undefined) continue;
    const text = (await page.text()).replace('<html ', '<html data-stale ');
    return new Response(text, { headers: page.headers });
  }
  return await nothing();
}

async function nothing(): Promise<Response> {
  const page = await (await caches.open(SHELL)).match(LINE_PAGE);
  return page ?? new Response('', { status: 503 });
}

async function signOutWaits(): Promise<boolean> {
  return (await caches.has(OUT)) && (await (await caches.open(OUT)).match(SIGN_OUT)) !== undefined;
}

/** @returns false while the server still takes this telephone for whoever signed out */
async function finishSignOut(): Promise<boolean> {
  if (!(await signOutWaits())) return true;
  try {
    const { ok, type } = await fetch(SIGN_OUT, { method: 'POST', redirect: 'manual' });
    const isDone = ok || type === 'opaqueredirect';
    if (isDone) await caches.delete(OUT);
    return isDone;
  } catch {
    return false;
  }
}

async function show(event: Fetched): Promise<Response> {
  const { request } = event;
  if (!(await finishSignOut())) return await nothing();
  if (pathOf(request.url) === SIGN_IN) await wipe();
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE_MS) });
    // A server that is away is a dead line too.
    if (answer.status >= 502 && answer.status <= 504) return await kept(request);
    if (answer.ok && !answer.redirected) event.waitUntil(keep(request, answer.clone()));
    return answer;
  } catch {
    return await kept(request);
  }
}

async function signOut(request: Request): Promise<Response> {
  await wipe();
  try {
    return await fetch(request);
  } catch {
    await (await caches.open(OUT)).put(SIGN_OUT, new Response(''));
    return await nothing();
  }
}

/** At once from the telephone, and renewed behind it. */
async function script(event: Fetched): Promise<Response> {
  const shell = await caches.open(SHELL);
  const known = await shell.match(SCRIPT);
  const fresh = fetch(event.request).then(async (answer) => {
    if (answer.ok) await shell.put(SCRIPT, answer.clone());
    return answer;
  });
  if (known === undefined) return await fresh;
  event.waitUntil(fresh.catch(() => undefined));
  return known;
}

worker.addEventListener('install', (event) => {
  event.waitUntil(caches.open(SHELL).then((shell) => shell.addAll([LINE_PAGE, SCRIPT])));
  void worker.skipWaiting();
});
worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()));
worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const path = pathOf(request.url);
  if (path === SCRIPT) event.respondWith(script(event));
  else if (request.mode !== 'navigate') return;
  else if (request.method === 'POST' && path === SIGN_OUT) event.respondWith(signOut(request));
  else if (request.method === 'GET') event.respondWith(show(event));
});
// The page that brought the worker came before it.
worker.addEventListener('message', (event) => {
  if (event.data !== 'keep-me') return;
  const { source } = event as unknown as { readonly source: { readonly url: string } | null };
  if (source === null) return;
  const request = new Request(source.url);
  event.waitUntil(
    fetch(request)
      .then((answer) => (answer.ok && !answer.redirected ? keep(request, answer) : undefined))
      .catch(() => undefined),
  );
});

export {};
