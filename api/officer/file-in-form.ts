import { AppError } from '../../core/domain/errors.ts';

/**
 * The one file of a form (RFC 7578) as bytes. The body is bounded by whoever read it; what stands beside the file is
 * passed over.
 * @throws AppError `bad-input` where it is no form, is cut off or holds no file
 */
export async function fileInForm(body: Buffer, contentType: string): Promise<Buffer> {
  let form: FormData;
  try {
    form = await new Response(body, { headers: { 'content-type': contentType } }).formData();
  } catch (cause) {
    throw new AppError('bad-input', 'the form cannot be read', { cause });
  }
  for (const value of form.values())
    if (typeof value !== 'string' && value.size > 0) return Buffer.from(await value.arrayBuffer());
  throw new AppError('bad-input', 'there is no file in the form');
}
