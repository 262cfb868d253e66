import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import type { Terms } from '../../../core/contract/portal/terms.ts';
import { DAY } from '../../../core/domain/clock.ts';
import { serverNow } from '../../api/endpoint.ts';
import { addTerms, termsQuery } from '../../api/portal.ts';
import { FormFoot } from '../../components/form/FormFoot.tsx';
import { MomentField } from '../../components/form/MomentField.tsx';
import { useNow } from '../../components/now.ts';
import { Answer, Empty } from '../../components/Screen.tsx';
import { ConsentProof } from './ConsentProof.tsx';
import { usePortalChange, useRights } from './change.ts';
import { PortalPage } from './PortalPage.tsx';
import { usePortalTexts } from './texts.ts';

const [LEAST, MOST] = [20, 6_000];

function NewVersion({ from, onClose }: { readonly from: Terms | undefined; readonly onClose: () => void }) {
  const { p } = usePortalTexts();
  const [textId, setTextId] = useState(from?.textId ?? '');
  const [textEn, setTextEn] = useState(from?.textEn ?? '');
  const [validFrom, setValidFrom] = useState(() => serverNow() + DAY);
  const add = usePortalChange(() => addTerms({ body: { textId, textEn, validFrom } }), onClose);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    add.mutate(undefined);
  };
  const texts = [
    { label: p.terms.textId, lang: 'id', value: textId, set: setTextId },
    { label: p.terms.textEn, lang: 'en', value: textEn, set: setTextEn },
  ] as const;
  return (
    <form className="form portal-version" onSubmit={submit}>
      <h2>{p.terms.add}</h2>
      {texts.map(({ label, lang, value, set }) => (
        <label key={lang} className="labelled">
          {label}
          <textarea
            className="field"
            lang={lang}
            rows={10}
            required
            minLength={LEAST}
            maxLength={MOST}
            value={value}
            onChange={({ target }) => set(target.value)}
          />
        </label>
      ))}
      <MomentField label={p.terms.validFrom} at={validFrom} onChange={setValidFrom} />
      <FormFoot error={add.error} submit={p.terms.publish} isDisabled={add.isPending} onClose={onClose} />
    </form>
  );
}

function Version({
  terms,
  isCurrent,
  isOpen,
}: {
  readonly terms: Terms;
  readonly isCurrent: boolean;
  readonly isOpen: boolean;
}) {
  const { p, f, language } = usePortalTexts();
  const now = useNow();
  const isAhead = terms.validFrom > now;
  return (
    <details className="portal-version" open={isOpen}>
      <summary>
        <strong>{p.terms.version(f.number(terms.version))}</strong>{' '}
        <span className={isCurrent ? 'state-up' : 'secondary'}>
          {isCurrent ? p.terms.current : isAhead ? p.terms.upcoming(f.dated(terms.validFrom)) : f.date(terms.validFrom)}
        </span>
      </summary>
      <p className="portal-terms" lang={language}>
        {language === 'en' ? terms.textEn : terms.textId}
      </p>
      <p className="small muted">
        {p.terms.hash} <span className="mono portal-hash">{language === 'en' ? terms.sha256En : terms.sha256Id}</span>
      </p>
    </details>
  );
}

/** Every text that people were asked to agree to. */
export function TermsPage() {
  const { p } = usePortalTexts();
  const { edit: asked } = useSearch({ from: '/portal/terms' });
  const navigate = useNavigate({ from: '/portal/terms' });
  const edit = (id: string | undefined) => void navigate({ search: (previous) => ({ ...previous, edit: id }) });
  const { mayAdministerAll } = useRights();
  const now = useNow();
  const query = useQuery(termsQuery);
  return (
    <PortalPage
      context={p.terms.context}
      actions={
        mayAdministerAll && (
          <button type="button" className="button primary" onClick={() => edit('new')}>
            {p.terms.add}
          </button>
        )
      }
    >
      <Answer query={query} what={p.tab.terms}>
        {({ items }) => {
          const versions = items.toSorted((a, b) => b.version - a.version);
          const current = versions
            .filter(({ validFrom }) => validFrom <= now)
            .toSorted((a, b) => b.validFrom - a.validFrom || b.version - a.version)[0];
          return (
            <div className="portal-versions">
              {asked === 'new' && mayAdministerAll && <NewVersion from={versions[0]} onClose={() => edit(undefined)} />}
              {versions.length === 0 && <Empty title={p.terms.none}>{p.terms.noneHint}</Empty>}
              {versions.map((terms) => (
                <Version
                  key={terms.version}
                  terms={terms}
                  isCurrent={terms.version === current?.version}
                  isOpen={terms.version === current?.version}
                />
              ))}
              <ConsentProof />
            </div>
          );
        }}
      </Answer>
    </PortalPage>
  );
}
