import type { EvidenceItem } from '../../../core/contract/incidents.ts';
import { evidenceText } from '../../components/evidence-words.ts';
import { Moment } from '../../components/Moments.tsx';
import { useIncidentTexts } from './texts.ts';

/** What speaks for the cause first, then the rest. */
export function EvidenceList({ evidence }: { readonly evidence: readonly EvidenceItem[] }) {
  const { t, i, f } = useIncidentTexts();
  return (
    <section>
      <h2>{i.evidence}</h2>
      {evidence.length === 0 ? (
        <p className="secondary">{i.noEvidence}</p>
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
