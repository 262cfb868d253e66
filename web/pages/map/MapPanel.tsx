import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { getCoverage } from '../../../core/contract/coverage.ts';
import type { Reply } from '../../api/endpoint.ts';
import { Icon } from '../../frame/icons.tsx';
import { useTexts } from '../../i18n/texts.tsx';
import { ProvincePanel, RegionPanel } from './RegionPanel.tsx';
import { SitePanel, VillagePanel } from './VillagePanel.tsx';

/** One thing at a time, at the right; on a phone a sheet that opens from below. */
export function MapPanel({ coverage }: { readonly coverage: Reply<typeof getCoverage> }) {
  const { t } = useTexts();
  const { region, village, site } = useSearch({ from: '/map' });
  const navigate = useNavigate({ from: '/map' });
  const selected = village ?? site ?? region;
  const [isOpen, setOpen] = useState(selected !== undefined);
  useEffect(() => setOpen(selected !== undefined), [selected]);

  const row = region === undefined ? undefined : coverage.rows.find(({ code }) => code === region);
  const close = () =>
    void navigate({
      search: (previous) =>
        village === undefined && site === undefined
          ? { ...previous, region: undefined }
          : { ...previous, village: undefined, site: undefined },
    });
  return (
    <aside className="map-panel" data-open={isOpen}>
      <button
        type="button"
        className="map-handle phone-only"
        aria-expanded={isOpen}
        aria-label={isOpen ? t.action.close : t.action.open}
        onClick={() => setOpen(!isOpen)}
      />
      {selected !== undefined && (
        <button type="button" className="button quiet map-close" aria-label={t.action.close} onClick={close}>
          <Icon name="close" />
        </button>
      )}
      {village !== undefined ? (
        <VillagePanel code={village} />
      ) : site !== undefined ? (
        <SitePanel siteId={site} />
      ) : row === undefined ? (
        <ProvincePanel />
      ) : (
        <RegionPanel row={row} />
      )}
    </aside>
  );
}
