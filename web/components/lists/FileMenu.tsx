import type { ReactNode } from 'react';
import { useListTexts } from './texts.ts';
import './lists.css';

/** The forms in which a list or a table can be taken away, behind one button. */
export function FileMenu({ children }: { readonly children: ReactNode }) {
  const { l } = useListTexts();
  return (
    <details className="list-menu">
      <summary className="button">{l.export}</summary>
      <div className="list-panel list-files">{children}</div>
    </details>
  );
}
