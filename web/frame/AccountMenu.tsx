import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useId, useRef, useState } from 'react';
import type { Account } from '../../core/contract/session.ts';
import { signOut } from '../api/endpoints.ts';
import { sessionQuery } from '../api/queries.ts';
import { useTexts } from '../i18n/texts.tsx';
import { maySeeCosts } from './account.ts';
import { Icon } from './icons.tsx';
import { setTheme, storedTheme, THEMES, type Theme } from './theme.ts';

/** A few choices of which one holds, all in sight. */
function Choice<V extends string>(props: {
  readonly label: string;
  readonly value: V;
  readonly options: readonly { readonly value: V; readonly text: string; readonly lang?: string }[];
  readonly onChange: (value: V) => void;
}) {
  return (
    <fieldset className="choice">
      <legend>{props.label}</legend>
      {props.options.map(({ value, text, lang }) => (
        <button
          key={value}
          type="button"
          aria-pressed={value === props.value}
          onClick={() => props.onChange(value)}
          {...(lang === undefined ? {} : { lang })}
        >
          {text}
        </button>
      ))}
    </fieldset>
  );
}

/** Who is signed in, language, colours, and the way out. */
export function AccountMenu({ account, mayEdit }: { readonly account: Account; readonly mayEdit: boolean }) {
  const { t, language, setLanguage } = useTexts();
  const [isOpen, setOpen] = useState(false);
  const [theme, setChosen] = useState<Theme>(storedTheme);
  const ref = useRef<HTMLDivElement>(null);
  const panelId = useId();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const leave = useMutation({
    mutationFn: () => signOut({}),
    onSuccess: async () => {
      queryClient.clear();
      queryClient.setQueryData(sessionQuery.queryKey, { account: null, step: null });
      await navigate({ to: '/sign-in' });
    },
  });

  useEffect(() => {
    if (!isOpen) return;
    const onPointer = (event: PointerEvent) => {
      if (event.target instanceof Node && ref.current?.contains(event.target) !== true) setOpen(false);
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') setOpen(false);
    };
    document.addEventListener('pointerdown', onPointer);
    document.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('pointerdown', onPointer);
      document.removeEventListener('keydown', onKey);
    };
  }, [isOpen]);

  const themeTexts = { system: t.nav.themeSystem, light: t.nav.themeLight, dark: t.nav.themeDark };
  const close = () => setOpen(false);
  return (
    <div className="account" ref={ref}>
      <button
        type="button"
        className="rail-item"
        aria-expanded={isOpen}
        aria-controls={panelId}
        aria-label={t.nav.menu}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name="account" />
        <span className="ellipsis rail-name">{t.nav.accounts}</span>
      </button>
      <div className="account-panel" id={panelId} hidden={!isOpen}>
        <p>
          <strong>{account.displayName}</strong>
          <br />
          <span className="secondary small">
            {account.name} · {t.role[account.role]}
          </span>
        </p>
        <Choice
          label={t.nav.language}
          value={language}
          options={[
            { value: 'id', text: 'Indonesia', lang: 'id' },
            { value: 'en', text: 'English', lang: 'en' },
          ]}
          onChange={setLanguage}
        />
        <Choice
          label={t.nav.theme}
          value={theme}
          options={THEMES.map((value) => ({ value, text: themeTexts[value] }))}
          onChange={(next) => {
            setTheme(next);
            setChosen(next);
          }}
        />
        <ul className="account-links">
          <li>
            <Link to="/security" onClick={close}>
              {t.nav.security}
            </Link>
          </li>
          {account.role !== 'agency' && (
            <>
              <li>
                <Link to="/ringkas" onClick={close}>
                  {t.nav.brief}
                </Link>
              </li>
              <li>
                <Link to="/sites" onClick={close}>
                  {t.nav.sites}
                </Link>
              </li>
              <li>
                <Link to="/links" onClick={close}>
                  {t.nav.links}
                </Link>
              </li>
              <li className="phone-only">
                <Link to="/topology" onClick={close}>
                  {t.nav.topology}
                </Link>
              </li>
              <li>
                <Link to="/maintenance" onClick={close}>
                  {t.nav.maintenance}
                </Link>
              </li>
              <li className="phone-only">
                <Link to="/portal" onClick={close}>
                  {t.nav.portal}
                </Link>
              </li>
            </>
          )}
          {mayEdit && (
            <>
              <li>
                <Link to="/exclusions" onClick={close}>
                  {t.nav.exclusions}
                </Link>
              </li>
              <li>
                <Link to="/credentials" onClick={close}>
                  {t.nav.credentials}
                </Link>
              </li>
              <li>
                <Link to="/import" onClick={close}>
                  {t.nav.importFile}
                </Link>
              </li>
              <li>
                <Link to="/settings" onClick={close}>
                  {t.nav.settings}
                </Link>
              </li>
            </>
          )}
          {maySeeCosts(account) && (
            <li className="phone-only">
              <Link to="/statements" onClick={close}>
                {t.nav.statements}
              </Link>
            </li>
          )}
          {mayEdit && (
            <li className="phone-only">
              <Link to="/system" onClick={close}>
                {t.nav.system}
              </Link>
            </li>
          )}
          {account.role === 'admin' && (
            <>
              <li>
                <Link to="/accounts" onClick={close}>
                  {t.nav.accounts}
                </Link>
              </li>
              <li>
                <Link to="/walls" onClick={close}>
                  {t.nav.walls}
                </Link>
              </li>
              <li>
                <Link to="/audit" onClick={close}>
                  {t.nav.audit}
                </Link>
              </li>
            </>
          )}
        </ul>
        <button type="button" className="button" disabled={leave.isPending} onClick={() => leave.mutate()}>
          {t.nav.signOut}
        </button>
      </div>
    </div>
  );
}
