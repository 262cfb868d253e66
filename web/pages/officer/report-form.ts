import { clear, MOST_WAITING, put, remove, send, type Waiting, waitingOf } from './outbox.ts';
import { shrunk } from './shrink-photo.ts';

const RETRY_MS = 30_000;

const freshId = (): string => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
};

export type Reports = {
  /** Sends what waits. @returns how much still does */
  flush(): Promise<number>;
  forget(): Promise<void>;
};

/**
 * The form of a report: what is sent is first kept on the telephone, and goes from there once, whenever the line is
 * back.
 * @param onSent after something went through
 */
export function reportForm(form: HTMLFormElement, keeper: string, onSent: () => void): Reports {
  const words = form.dataset;
  const box = document.querySelector<HTMLElement>('.outbox');
  const details = form.closest('details');
  const input = form.querySelector<HTMLInputElement>('input[type=file]');
  const label = form.querySelector<HTMLElement>('label[for=photo]');
  const button = form.querySelector<HTMLButtonElement>('button.send');
  const takeWords = label?.textContent ?? '';
  form.classList.add('scripted');
  if (button !== null) button.textContent = words['send'] ?? button.textContent;
  let flushing: Promise<number> | null = null;
  let isBusy = false;

  function line(report: Waiting): HTMLElement {
    const item = document.createElement('li');
    const title = document.createElement('strong');
    title.textContent = report.title;
    const state = document.createElement('span');
    state.textContent = (report.isRefused ? words['refused'] : words['waiting']) ?? '';
    item.append(title, state);
    if (report.isRefused) {
      const drop = document.createElement('button');
      drop.type = 'button';
      drop.textContent = words['drop'] ?? '';
      drop.addEventListener('click', () => void remove(report.id).then(show));
      item.append(drop);
    }
    return item;
  }

  async function show(): Promise<void> {
    const waiting = await waitingOf(keeper);
    box?.replaceChildren();
    if (waiting.length === 0) return;
    const list = document.createElement('ul');
    list.className = 'list';
    list.append(...waiting.map(line));
    const note = document.createElement('p');
    note.className = 'quiet';
    note.textContent = words['note'] ?? '';
    box?.append(list, note);
  }

  async function flushNow(): Promise<number> {
    const waiting = (await waitingOf(keeper)).filter(({ isRefused }) => !isRefused);
    let sent = 0;
    for (const report of waiting) {
      const result = await send(report);
      if (result === 'later') break;
      if (result === 'kept') await remove(report.id);
      else await put({ ...report, isRefused: true });
      sent += 1;
    }
    await show();
    if (sent > 0) onSent();
    return waiting.length - sent;
  }
  /** One at a time, so that nothing goes twice; the server keeps one of each name all the same. */
  function flush(): Promise<number> {
    flushing ??= flushNow().finally(() => {
      flushing = null;
    });
    return flushing;
  }

  async function take(): Promise<void> {
    const fields = new FormData(form);
    const kind = String(fields.get('kind') ?? '');
    const file = input?.files?.[0];
    const chosen = form.querySelector<HTMLInputElement>('input[name=kind]:checked');
    if (label !== null) label.textContent = words['sending'] ?? takeWords;
    const report: Waiting = {
      id: freshId(),
      keeper,
      action: form.action,
      kind,
      title: chosen?.parentElement?.textContent ?? kind,
      site: String(fields.get('site') ?? ''),
      writtenAt: Date.now(),
      photo: file === undefined ? null : await shrunk(file),
      isRefused: false,
    };
    if ((await waitingOf(keeper)).length >= MOST_WAITING) throw new Error('as much waits as is kept');
    await put(report);
    form.reset();
    details?.removeAttribute('open');
    await show();
  }

  async function submit(): Promise<void> {
    if (isBusy) return;
    isBusy = true;
    try {
      await take();
    } catch {
      // No store on this telephone: the form goes as it would without this.
      form.submit();
      return;
    } finally {
      isBusy = false;
      if (label !== null) label.textContent = takeWords;
    }
    await flush();
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void submit();
  });
  input?.addEventListener('change', () => {
    if (input.files?.length === 1 && form.reportValidity()) void submit();
  });
  const retry = (): void => void flush().catch(() => undefined);
  addEventListener('online', retry);
  setInterval(() => {
    if (box?.hasChildNodes()) retry();
  }, RETRY_MS);
  retry();
  return { flush, forget: async () => void (await clear()) };
}
