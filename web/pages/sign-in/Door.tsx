import type { ReactNode } from 'react';
import { useTexts } from '../../i18n/texts.tsx';
import './sign-in.css';

/** What stands around a form in front of Simpul: its name above, the other language below. */
export function Door({ children }: { readonly children: ReactNode }) {
  const { t, language, setLanguage } = useTexts();
  return (
    <main className="sign-in">
      <div className="sign-in-form">
        <p className="sign-in-brand">
          <img src="/simpul.svg" alt="" width="32" height="32" />
          <strong>{t.app.name}</strong>
          <span className="secondary">{t.app.tagline}</span>
        </p>
        {children}
      </div>
      <button
        type="button"
        className="button quiet"
        lang={language === 'id' ? 'en' : 'id'}
        onClick={() => setLanguage(language === 'id' ? 'en' : 'id')}
      >
        {language === 'id' ? 'English' : 'Bahasa Indonesia'}
      </button>
    </main>
  );
}
