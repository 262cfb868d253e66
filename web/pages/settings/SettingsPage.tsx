import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { noticeSetupQuery } from '../../api/notices.ts';
import { Segments } from '../../components/Filters.tsx';
import { PageHead } from '../../components/Screen.tsx';
import { Channels } from './Channels.tsx';
import { Duty } from './Duty.tsx';
import { Policies } from './Policies.tsx';
import { Recipients } from './Recipients.tsx';
import { ReportSettings } from './ReportSettings.tsx';
import { useSettingsTexts } from './texts.ts';
import '../../components/form/form.css';
import '../../components/maintenance/maintenance.css';
import '../../components/table.css';
import './settings.css';

const TABS = ['channels', 'recipients', 'duty', 'policies', 'reports'] as const;

/** Without these no message leaves, and an outage is seen in the web alone. */
const NEEDED: ReadonlySet<string> = new Set(['secret-key', 'channel', 'recipient', 'policy']);

function Gaps() {
  const { s } = useSettingsTexts();
  const missing = useQuery(noticeSetupQuery).data?.missing ?? [];
  if (missing.length === 0) return null;
  return (
    <div className="settings-gaps" role="status">
      <p>{missing.some((gap) => NEEDED.has(gap)) ? s.gaps : s.smallGaps}</p>
      <ul>
        {missing.map((gap) => (
          <li key={gap}>{s.gap[gap]}</li>
        ))}
      </ul>
    </div>
  );
}

/** Who is told of an outage, over what, and when. */
export function SettingsPage() {
  const { s } = useSettingsTexts();
  const { tab = 'channels' } = useSearch({ from: '/settings' });
  const navigate = useNavigate({ from: '/settings' });
  return (
    <div className="page">
      <PageHead title={s.title} context={s.context} />
      <Gaps />
      <div className="filters settings-tabs">
        <Segments
          label={s.title}
          value={tab}
          options={TABS.map((value) => ({ value, text: value === 'reports' ? s.reports.tab : s.tab[value] }))}
          onChange={(value) =>
            void navigate({
              search: (previous) => ({ ...previous, edit: undefined, tab: value === 'channels' ? undefined : value }),
            })
          }
        />
      </div>
      {tab === 'channels' && <Channels />}
      {tab === 'recipients' && <Recipients />}
      {tab === 'duty' && <Duty />}
      {tab === 'policies' && <Policies />}
      {tab === 'reports' && <ReportSettings />}
    </div>
  );
}
