import { Wrong } from '../../components/form/Wrong.tsx';
import { useIncidentTexts } from './texts.ts';

/** That what was shown already did not happen, and why. */
export function TakenBack({ error }: { readonly error: unknown }) {
  const { i } = useIncidentTexts();
  if (error === null) return null;
  return (
    <div className="incident-taken-back">
      <strong>{i.takenBack}</strong>
      <Wrong error={error} />
    </div>
  );
}
