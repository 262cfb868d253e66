import { useTexts } from '../../i18n/texts.tsx';

export function Saved({ isShown }: { readonly isShown: boolean }) {
  const { t } = useTexts();
  return isShown ? (
    <span role="status" className="secondary">
      {t.terms.saved}
    </span>
  ) : null;
}
