import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useRef, useState } from 'react';
import type { PortalSite, PortalSiteChange } from '../../../core/contract/portal/site.ts';
import { plansQuery, updatePortalSite } from '../../api/portal.ts';
import { Wrong } from '../../components/form/Wrong.tsx';
import { usePortalChange } from './change.ts';
import { type CollectMethods, MethodFields } from './MethodFields.tsx';
import { PlanOptions } from './PlanOptions.tsx';
import { usePortalTexts } from './texts.ts';

const MOST_ANNOUNCEMENT = 500;
const MOST_QUESTION = 200;
const MOST_LOGO_BYTES = 2_048;
const MOST_DNS = 60;
const FALLBACKS = ['trial', 'closed'] as const;

type Props = {
  readonly site: PortalSite;
  /** Officers change the announcement and see the rest on the page. */
  readonly isOfficer: boolean;
  readonly change: PortalSiteChange;
  readonly onChange: (change: PortalSiteChange) => void;
};

function Logo({ logo, onLogo }: { readonly logo: string; readonly onLogo: (svg: string) => void }) {
  const { p } = usePortalTexts();
  const [isLarge, setLarge] = useState(false);
  const pick = async (file: File | undefined) => {
    if (file === undefined) return;
    setLarge(file.size > MOST_LOGO_BYTES);
    if (file.size <= MOST_LOGO_BYTES) onLogo(await file.text());
  };
  return (
    <div className="portal-section">
      <span className="portal-label">
        {p.site.logo} <span className="unit">{p.optional}</span>
      </span>
      <label className="button portal-file">
        {p.site.logoPick}
        <input
          className="hidden-visually"
          type="file"
          accept=".svg,image/svg+xml"
          onChange={({ target }) => void pick(target.files?.[0])}
        />
      </label>
      <span className="form-hint">{p.site.logoHint}</span>
      {isLarge && (
        <p role="alert" className="wrong">
          {p.site.logoLarge}
        </p>
      )}
      {logo !== '' && (
        <div className="form-actions">
          <button type="button" className="button quiet" onClick={() => onLogo('')}>
            {p.site.logoRemove}
          </button>
        </div>
      )}
    </div>
  );
}

function Check(props: {
  readonly isOn: boolean;
  readonly onTurn: (isOn: boolean) => void;
  readonly children: ReactNode;
}) {
  return (
    <label className="check">
      <input type="checkbox" checked={props.isOn} onChange={({ target }) => props.onTurn(target.checked)} />
      {props.children}
    </label>
  );
}

function Announcement({ text, onText }: { readonly text: string; readonly onText: (text: string) => void }) {
  const { p, f } = usePortalTexts();
  return (
    <label className="labelled">
      {p.site.announcement}
      <textarea
        className="field"
        rows={4}
        maxLength={MOST_ANNOUNCEMENT}
        value={text}
        onChange={({ target }) => onText(target.value)}
      />
      <span className="form-hint">{p.site.announcementHint(f.number(MOST_ANNOUNCEMENT - text.length))}</span>
    </label>
  );
}

/** What the portal of a site shows and allows. */
export function SiteForm({ site, isOfficer, change, onChange }: Props) {
  const { p, t } = usePortalTexts();
  const plans = useQuery({ ...plansQuery, enabled: !isOfficer }).data?.items ?? [];
  const collect = useRef<CollectMethods>(() => null);
  const draft = { ...site, ...change };
  const set = (more: PortalSiteChange) => onChange({ ...change, ...more });
  const save = usePortalChange(
    (body: PortalSiteChange) => updatePortalSite({ params: { siteId: site.siteId }, body }),
    () => onChange({}),
  );
  const submit = () => {
    if (isOfficer) return save.mutate({ announcement: draft.announcement });
    const methods = collect.current();
    if (methods !== null) save.mutate({ ...change, methods });
  };
  return (
    <div className="form">
      <h2>{p.site.settings}</h2>
      {isOfficer && <p className="secondary">{p.site.officerHint}</p>}
      <Announcement text={draft.announcement} onText={(announcement) => set({ announcement })} />
      {!isOfficer && (
        <>
          <Check isOn={draft.enabled} onTurn={(enabled) => set({ enabled })}>
            {p.site.enabled}
          </Check>
          <label className="labelled">
            {p.site.plan}
            <select
              className="field"
              value={draft.planId ?? ''}
              onChange={({ target }) => set({ planId: target.value === '' ? null : target.value })}
            >
              <PlanOptions plans={plans} none={p.site.noPlan} />
            </select>
          </label>
          <MethodFields
            methods={draft.methods}
            plans={plans}
            collect={collect}
            onChange={(methods) => set({ methods })}
          />
          <label className="labelled">
            <span>
              {p.site.survey} <span className="unit">{p.optional}</span>
            </span>
            <input
              className="field"
              maxLength={MOST_QUESTION}
              value={draft.surveyQuestion}
              onChange={({ target }) => set({ surveyQuestion: target.value })}
            />
            <span className="form-hint">{p.site.surveyHint}</span>
          </label>
          <Logo logo={draft.logoSvg} onLogo={(logoSvg) => set({ logoSvg })} />
          <label className="labelled">
            <span>
              {p.site.familyDns} <span className="unit">{p.optional}</span>
            </span>
            <input
              className="field"
              maxLength={MOST_DNS}
              value={draft.familyDns}
              onChange={({ target }) => set({ familyDns: target.value })}
            />
            <span className="form-hint">{p.site.familyDnsHint}</span>
          </label>
          <label className="labelled">
            {p.site.fallback}
            <select
              className="field"
              value={draft.fallback}
              onChange={({ target }) => set({ fallback: target.value === 'closed' ? 'closed' : 'trial' })}
            >
              {FALLBACKS.map((one) => (
                <option key={one} value={one}>
                  {p.site.fallbacks[one]}
                </option>
              ))}
            </select>
          </label>
          <Check isOn={draft.news} onTurn={(news) => set({ news })}>
            {p.site.news}
          </Check>
        </>
      )}
      <Wrong error={save.error} />
      <div className="form-actions">
        <button type="button" className="button primary" disabled={save.isPending} onClick={submit}>
          {t.action.save}
        </button>
        {save.isSuccess && Object.keys(change).length === 0 && <span role="status">{p.site.saved}</span>}
      </div>
    </div>
  );
}
