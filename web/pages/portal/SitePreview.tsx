import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { PortalSite, PortalSiteChange } from '../../../core/contract/portal/site.ts';
import { addressOf } from '../../api/endpoint.ts';
import { Segments } from '../../components/Filters.tsx';
import { usePortalTexts } from './texts.ts';

/**
 * The login page in a frame of a telephone's size. It comes from the server under a policy of its own: within this
 * page's policy its styles would be refused, and whatever stands in it can run and reach nothing.
 */
export function SitePreview({ site, change }: { readonly site: PortalSite; readonly change: PortalSiteChange }) {
  const { p, language: own } = usePortalTexts();
  const [language, setLanguage] = useState(own);
  const draft = Object.keys(change).length === 0 ? undefined : JSON.stringify(change);
  const address = addressOf('/api/v1/portal/sites/:siteId/preview', { siteId: site.siteId }, { language, draft });
  const probe = useQuery({
    queryKey: ['portal', 'preview', address, site.updatedAt],
    queryFn: async ({ signal }) => (await fetch(address, { method: 'HEAD', signal })).ok,
    retry: false,
  });
  return (
    <section className="portal-preview">
      <div className="portal-preview-head">
        <h2>{p.site.preview}</h2>
        <Segments
          label={p.site.previewLanguage}
          value={language}
          options={[
            { value: 'id', text: 'ID' },
            { value: 'en', text: 'EN' },
          ]}
          onChange={setLanguage}
        />
      </div>
      <p className="form-hint">{p.site.previewHint}</p>
      {probe.data === false ? (
        <p className="secondary">{p.site.previewNone}</p>
      ) : (
        <iframe
          key={`${address} ${site.updatedAt}`}
          sandbox=""
          src={address}
          title={p.site.previewOf(site.siteName)}
          width={362}
          height={742}
        />
      )}
    </section>
  );
}
