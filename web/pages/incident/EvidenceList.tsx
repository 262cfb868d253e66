import type { EvidenceItem } from '../../../core/contract/incidents.ts';
import { evidenceText } from '../../components/evidence-words.ts';
import { Moment } from '../../components/Moments.tsx';
import { useTexts } from '../../i18n/texts.tsx';

/** What speaks for the cause first, then the rest. */
export function EvidenceList({ evidence }: { readonly evidence: readonly EvidenceItem[] }) {
  const { t, f } = useTexts();
  const words = t.incidents;
  return (
    <section>
      <h2>{words.evidence}</h2>
      {evidence.length === 0 ? (
        <p className="secondary">{words.noEvidence}</p>
      ) : (
        <ul className="evidence">
          {evidence.map((item) => (
            <li key={`${item.kind} ${item.of ?? ''} ${item.at}`}>
              <p>{evidenceText(item, t, f)}</p>
              <p className="small muted">
                {item.of !== null && `${item.of} · `}
                <Moment at={item.at} />
              </p>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
