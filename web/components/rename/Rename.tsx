import { type FormEvent, useState } from 'react';
import { mayEditInventory, useAccount } from '../../frame/account.ts';
import { Icon } from '../../frame/icons.tsx';
import { useTexts } from '../../i18n/texts.tsx';
import { Wrong } from '../form/Wrong.tsx';
import { type Renamed, useRename } from './use-rename.ts';
import { en } from './words/en.ts';
import { id, type RenameDictionary } from './words/id.ts';
import './rename.css';

const WORDS: Readonly<Record<'id' | 'en', RenameDictionary>> = { id, en };
const MOST = 200;

/** The name in a page's title; who may edit changes it there. */
export function Rename({ thing }: { readonly thing: Renamed }) {
  const { t, language } = useTexts();
  const words = WORDS[language];
  const account = useAccount();
  const [draft, setDraft] = useState<string | null>(null);
  const rename = useRename(thing, words.saved);
  if (!mayEditInventory(account)) return <h1>{thing.name}</h1>;
  const close = () => setDraft(null);
  const open = (text: string) => {
    rename.reset();
    setDraft(text);
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    const name = draft?.trim() ?? '';
    close();
    if (name !== '' && name !== thing.name) rename.mutate({ name, was: thing.name });
  };
  if (draft !== null) {
    return (
      <form className="rename" onSubmit={onSubmit}>
        <h1 className="hidden-visually">{thing.name}</h1>
        <input
          className="field"
          aria-label={words.name}
          required
          maxLength={MOST}
          autoComplete="off"
          // biome-ignore lint/a11y/noAutofocus: who asked to rename goes on typing
          autoFocus
          value={draft}
          onChange={({ target }) => setDraft(target.value)}
          onKeyDown={({ key }) => {
            if (key === 'Escape') close();
          }}
        />
        <button type="submit" className="button primary">
          {t.action.save}
        </button>
        <button type="button" className="button quiet" onClick={close}>
          {t.action.cancel}
        </button>
      </form>
    );
  }
  return (
    <>
      <div className="rename-shown">
        <h1>{thing.name}</h1>
        <button
          type="button"
          className="button quiet rename-open"
          aria-label={words.rename}
          data-tip={words.rename}
          disabled={rename.isPending}
          onClick={() => open(thing.name)}
        >
          <Icon name="edit" size={16} />
        </button>
      </div>
      {rename.isError && (
        <div className="rename-failed">
          <strong>{words.takenBack(rename.variables.name)}</strong>
          <Wrong error={rename.error} />
          <button type="button" className="button" onClick={() => open(rename.variables.name)}>
            {words.again}
          </button>
        </div>
      )}
    </>
  );
}
