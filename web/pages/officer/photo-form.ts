import { shrunk } from './shrink-photo.ts';

/** The form of the page of a link: choosing a photograph is sending it. Without this it sends the file as it is. */
export function photoForm(form: HTMLFormElement): void {
  const input = form.querySelector<HTMLInputElement>('input[type=file]');
  const label = form.querySelector('label');
  if (input === null || label === null) return;
  const words = label.textContent;
  form.classList.add('scripted');
  input.addEventListener('change', async () => {
    const file = input.files?.[0];
    if (file === undefined) return;
    label.textContent = form.dataset['sending'] ?? words;
    try {
      const files = new DataTransfer();
      files.items.add(await shrunk(file));
      input.files = files.files;
    } catch {
      // A browser that cannot set files sends the one it has.
    }
    form.submit();
  });
  // Back from the next page, the form is as it was left.
  addEventListener('pageshow', () => {
    label.textContent = words;
    form.reset();
  });
}
