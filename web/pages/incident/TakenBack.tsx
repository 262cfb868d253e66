import { Wrong } from '../../components/form/Wrong.tsx';
import { useTexts } from '../../i18n/texts.tsx';
import { en } from './words/en.ts';
import { type IncidentDictionary, id } from './words/id.ts';

const WORDS: Readonly<Record<'id' | 'en', IncidentDictionary>> = { id, en };

/** That what was shown already did not happen, and why. */
export function TakenBack({ error }: { readonly error: unknown }) {
  const { language } = useTexts();
  if (error === null) return null;
  return (
    <div className="incident-taken-back">
      <strong>{WORDS[language].takenBack}</strong>
      <Wrong error={error} />
    </div>
  );
}
