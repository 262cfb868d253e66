import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { ConsentProof as Proof } from '../../../core/contract/portal/consent-routes.ts';
import { ApiError } from '../../api/endpoint.ts';
import { getConsentProof } from '../../api/portal.ts';
import { Facts } from '../../components/Facts.tsx';
import { Wrong } from '../../components/form/Wrong.tsx';
import { useRights } from './change.ts';
import { usePortalTexts } from './texts.ts';

const UUID = '[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}';

function Shown({ proof: { consent, text } }: { readonly proof: Proof }) {
  const { p, f } = usePortalTexts();
  const { language, withdrawnAt } = consent;
  const place = [consent.siteName, consent.gatewayName].filter((name) => name !== null).join(' · ');
  return (
    <article className="portal-version portal-proof">
      <Facts
        facts={[
          { term: p.proof.at, value: f.exact(consent.at) },
          { term: p.proof.version, value: f.number(consent.termsVersion) },
          { term: p.proof.language, value: p.proof.languages[language] },
          { term: p.proof.place, value: place === '' ? '–' : place },
          { term: p.proof.news, value: consent.news ? p.proof.yes : p.proof.no },
          { term: p.proof.withdrawn, value: withdrawnAt === null ? p.proof.no : f.exact(withdrawnAt) },
        ]}
      />
      {text === null ? (
        <p role="alert" className="wrong">
          {p.proof.noText}
        </p>
      ) : (
        <p className="portal-terms" lang={language}>
          {text}
        </p>
      )}
      <p className="small muted">
        {p.terms.hash} <span className="mono portal-hash">{consent.sha256}</span>
      </p>
      <p className="small muted">
        {p.proof.id} <span className="mono portal-hash">{consent.id}</span>
      </p>
      <button type="button" className="button portal-print" onClick={() => window.print()}>
        {p.proof.print}
      </button>
    </article>
  );
}

/** What somebody agreed to, in the very words, for whoever must show it (UU 27/2022, article 24). */
export function ConsentProof() {
  const { p } = usePortalTexts();
  const { mayAdministerAll } = useRights();
  const [id, setId] = useState('');
  const find = useMutation({ mutationFn: (consentId: string) => getConsentProof({ params: { consentId } }) });
  if (!mayAdministerAll) return null;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    find.mutate(id.trim());
  };
  const isUnknown = find.error instanceof ApiError && find.error.code === 'not-found';
  return (
    <section className="portal-section">
      <h2>{p.proof.title}</h2>
      <p className="form-hint">{p.proof.hint}</p>
      <form className="form" onSubmit={submit}>
        <label className="labelled">
          {p.proof.id}
          <input
            className="field mono"
            name="consent-id"
            required
            autoComplete="off"
            spellCheck={false}
            pattern={`\\s*${UUID}\\s*`}
            title={p.proof.idShape}
            value={id}
            onChange={({ target }) => setId(target.value)}
          />
        </label>
        {isUnknown ? (
          <p role="alert" className="wrong">
            {p.proof.unknown}
          </p>
        ) : (
          <Wrong error={find.error} />
        )}
        <div className="form-actions">
          <button type="submit" className="button" disabled={find.isPending}>
            {p.proof.show}
          </button>
        </div>
      </form>
      {find.data !== undefined && <Shown proof={find.data} />}
    </section>
  );
}
