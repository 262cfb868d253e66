/**
 * Makes a photograph small before it leaves the telephone, and sends it at once. The page it belongs to comes whole
 * from the API (`api/officer`) and works without this: then the form sends the file as it is.
 */
const LONGEST_EDGE = 1_600;
const QUALITY = 0.8;

async function shrunk(file: File): Promise<File> {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, LONGEST_EDGE / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', QUALITY));
  return blob === null || blob.size >= file.size ? file : new File([blob], 'photo.jpg', { type: 'image/jpeg' });
}

async function send(form: HTMLFormElement, input: HTMLInputElement): Promise<void> {
  const file = input.files?.[0];
  if (file === undefined) return;
  try {
    const files = new DataTransfer();
    files.items.add(await shrunk(file));
    input.files = files.files;
  } catch {
    // Too old a browser, or a picture that it cannot read: the file goes as it is.
  }
  form.submit();
}

const form = document.querySelector<HTMLFormElement>('form[data-sending]');
const input = form?.querySelector<HTMLInputElement>('input[type=file]');
const label = form?.querySelector('label');
if (form && input && label) {
  const words = label.textContent;
  form.classList.add('scripted');
  input.addEventListener('change', () => {
    label.textContent = form.dataset['sending'] ?? words;
    void send(form, input);
  });
  // Back from the next page, the form is as it was left.
  addEventListener('pageshow', () => {
    label.textContent = words;
    form.reset();
  });
}
