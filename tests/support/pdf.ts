import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { outputOf, program } from './program.ts';

/** Text of a PDF, laid out as on its pages, by a reader that is not ours. */
export async function pdfText(bytes: Buffer): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'simpul-pdf-'));
  try {
    const file = join(dir, 'statement.pdf');
    await writeFile(file, bytes);
    return await outputOf(program('pdftotext', 'poppler-utils'), ['-layout', file, '-']);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
