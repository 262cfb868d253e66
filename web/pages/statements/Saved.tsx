import { useStatementTexts } from './texts.ts';

export function Saved({ isShown }: { readonly isShown: boolean }) {
  const { s } = useStatementTexts();
  return isShown ? (
    <span role="status" className="secondary">
      {s.terms.saved}
    </span>
  ) : null;
}
