import { ApiError } from '../../api/endpoint.ts';
import { useTexts } from '../../i18n/texts.tsx';
import './form.css';

/** Why a change was refused, and what in it, where the server says so. */
export function Wrong({ error }: { readonly error: unknown }) {
  const { t } = useTexts();
  if (error === null || error === undefined) return null;
  const known = error instanceof ApiError ? error : null;
  const faults = known?.faults.map(({ field, reason }) => [field, reason].filter(Boolean).join(': ')) ?? [];
  return (
    <p role="alert" className="wrong">
      {[t.failure[known?.code ?? 'internal'], faults.join('; ')].filter((part) => part !== '').join(' ')}
    </p>
  );
}
