const MOST_BYTES = 8 * 1024 * 1024;
/** Below it a photograph goes as it is. */
const SMALL_BYTES = 1024 * 1024;
const LONGEST_PX = 2048;
const QUALITY = 0.85;
const TYPES: ReadonlySet<string> = new Set(['image/jpeg', 'image/png', 'image/webp']);

/** A photograph that the server takes, made smaller where it is large: lines are slow where faults are. Null where it cannot be read. */
export async function smallPhoto(file: Blob): Promise<Blob | null> {
  if (TYPES.has(file.type) && file.size <= SMALL_BYTES) return file;
  const drawn = await drawnSmaller(file).catch(() => null);
  if (drawn !== null && drawn.size < file.size) return drawn;
  return TYPES.has(file.type) && file.size <= MOST_BYTES ? file : drawn;
}

async function drawnSmaller(file: Blob): Promise<Blob | null> {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, LONGEST_PX / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return await new Promise((done) => canvas.toBlob(done, 'image/jpeg', QUALITY));
}
