import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { zoneOf } from '../../core/domain/zone.ts';
import { en } from './en.ts';
import { createFormat, type Format, type Language } from './format.ts';
import { type Dictionary, id } from './id.ts';

const DICTIONARIES = { id, en } as const satisfies Record<Language, Dictionary>;
const STORED = 'simpul.language';

type Texts = {
  readonly t: Dictionary;
  readonly f: Format;
  readonly language: Language;
  readonly setLanguage: (language: Language) => void;
  readonly setHome: (code: string) => void;
};

const TextsContext = createContext<Texts | null>(null);

const storedLanguage = (): Language => (localStorage.getItem(STORED) === 'en' ? 'en' : 'id');

export function TextsProvider({ children }: { readonly children: ReactNode }) {
  const [language, setStored] = useState<Language>(storedLanguage);
  // The province gives the zone; until it is known, western time, where most of the country lives.
  const [home, setHome] = useState('16');
  const setLanguage = useCallback((next: Language) => {
    localStorage.setItem(STORED, next);
    setStored(next);
  }, []);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  // What is chosen in one window holds in all.
  useEffect(() => {
    const follow = ({ key }: StorageEvent): void => {
      if (key === STORED) setStored(storedLanguage());
    };
    addEventListener('storage', follow);
    return () => removeEventListener('storage', follow);
  }, []);
  const texts = useMemo(() => {
    const t = DICTIONARIES[language];
    return { t, f: createFormat(language, zoneOf(home), t), language, setLanguage, setHome };
  }, [language, home, setLanguage]);
  return <TextsContext value={texts}>{children}</TextsContext>;
}

export function useTexts(): Texts {
  const texts = useContext(TextsContext);
  if (texts === null) throw new Error('useTexts outside TextsProvider');
  return texts;
}

/** Makes the hook for texts that lie beside what shows them: these under `key`, with those of the whole web. */
export function textsBeside<const K extends string, D>(key: K, words: Readonly<Record<Language, D>>) {
  return function useTextsBeside(): Texts & { readonly [P in K]: D } {
    const texts = useTexts();
    return { ...texts, ...({ [key]: words[texts.language] } as { readonly [P in K]: D }) };
  };
}
