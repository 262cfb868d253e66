import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { coverageQuery } from '../api/queries.ts';
import { useTexts } from '../i18n/texts.tsx';
import { Icon } from './icons.tsx';

/** The region that everything on the screen is about. */
export function ScopePicker() {
  const { t } = useTexts();
  const { region } = useSearch({ strict: false });
  const navigate = useNavigate();
  const coverage = useQuery(coverageQuery()).data;
  if (coverage === undefined) return <span className="scope" />;
  const rows = coverage.rows.toSorted((a, b) => a.name.localeCompare(b.name, 'id'));
  const isListed = region === undefined || rows.some(({ code }) => code === region);
  const choose = (next: string) =>
    void navigate({ to: '.', search: (previous) => ({ ...previous, region: next === '' ? undefined : next }) });
  return (
    <label className="scope">
      <span className="hidden-visually">{t.nav.scope}</span>
      <select value={region ?? ''} onChange={(event) => choose(event.target.value)}>
        <option value="">{coverage.region.name}</option>
        {!isListed && <option value={region}>{region}</option>}
        {rows.map(({ code, name }) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </select>
      <Icon name="chevron" size={16} />
    </label>
  );
}
