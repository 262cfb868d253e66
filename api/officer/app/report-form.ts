import { AppError } from '../../../core/domain/errors.ts';
import { OFFICER_REPORTS, type OfficerReportKind } from '../../../core/domain/report.ts';

/** What the form of a report says, checked. */
export type ReportForm = {
  readonly id: string;
  readonly kind: OfficerReportKind;
  readonly siteId: string | null;
  readonly ageMs: number;
  readonly photo: Buffer | null;
};

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

/**
 * Reads a form of the media type `multipart/form-data`, whose size whoever read the body has bounded.
 * @throws AppError `bad-input` where it is no form, is cut off, or says nothing that can be kept
 */
export async function reportForm(body: Buffer, contentType: string): Promise<ReportForm> {
  let form: FormData;
  try {
    form = await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } }).formData();
  } catch (cause) {
    throw new AppError('bad-input', 'the form cannot be read', { cause });
  }
  const text = (name: string): string => {
    const value = form.get(name);
    return typeof value === 'string' ? value : '';
  };
  const id = text('id').toLowerCase();
  const kind = OFFICER_REPORTS.find((known) => known === text('kind'));
  const site = text('site').toLowerCase();
  if (!UUID.test(id) || kind === undefined || (site !== '' && !UUID.test(site)))
    throw new AppError('bad-input', 'this is no report');
  const file = form.get('photo');
  const photo = file === null || typeof file === 'string' || file.size === 0 ? null : file;
  const age = Number(text('age'));
  return {
    id,
    kind,
    siteId: site === '' ? null : site,
    ageMs: Number.isFinite(age) ? age : 0,
    photo: photo === null ? null : Buffer.from(await photo.arrayBuffer()),
  };
}
