import type { listReadings } from '../../../core/contract/devices.ts';
import type { Reply } from '../../api/endpoint.ts';
import { type Fact, Facts } from '../../components/Facts.tsx';
import { Ago } from '../../components/Moments.tsx';
import { useNow } from '../../components/now.ts';
import type { Format } from '../../i18n/format.ts';
import { useDeviceTexts } from './texts.ts';

type Finding = Reply<typeof listReadings>['findings'][number];

/** Probes are an open set: what a dictionary does not know is shown under its own name. */
const spaced = (name: string): string => name.replaceAll(/([a-z])([A-Z])/g, '$1 $2').replaceAll(/[-_]/g, ' ');

/** Names that end so hold a moment in UTC ms. */
const IS_MOMENT = /(?:At|From|To)$/;
const MOST_ROWS = 40;

function textOf(f: Format, now: number, name: string, value: unknown): string {
  if (typeof value === 'number')
    return IS_MOMENT.test(name) && value > 1e11 ? f.moment(value, now) : f.number(value, 2);
  if (typeof value === 'boolean') return value ? '✓' : '–';
  if (Array.isArray(value)) {
    return value
      .slice(0, MOST_ROWS)
      .map((each) => textOf(f, now, '', each))
      .join('\n');
  }
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .map(([key, each]) => `${spaced(key)}: ${textOf(f, now, key, each)}`)
      .join(' · ');
  }
  return value === null || value === undefined ? '' : String(value);
}

function factsOf(f: Format, now: number, terms: Readonly<Record<string, string>>, data: unknown): readonly Fact[] {
  const entries =
    typeof data === 'object' && data !== null && !Array.isArray(data) ? Object.entries(data) : [['', data]];
  return entries.flatMap(([name, value]): Fact[] => {
    const text = textOf(f, now, String(name), value);
    return text === ''
      ? []
      : [{ term: terms[String(name)] ?? spaced(String(name)), value: <span className="finding">{text}</span> }];
  });
}

/** What the checks of a device found, for whoever looks for the cause. */
export function Findings({ findings }: { readonly findings: readonly Finding[] }) {
  const { d, f } = useDeviceTexts();
  const now = useNow();
  const titles: Readonly<Record<string, string>> = d.finding.section;
  return findings.map(({ section, at, data }) => (
    <section key={section} className="device-section">
      <h2>
        {titles[section] ?? spaced(section)}{' '}
        <span className="muted small">
          <Ago at={at} />
        </span>
      </h2>
      <Facts facts={factsOf(f, now, d.finding.term, data)} />
    </section>
  ));
}
