import type { EvidenceItem } from '../../../core/contract/incidents.ts';
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
          {evidence.map(({ kind, figure, at, of }) => (
            <li key={`${kind} ${of ?? ''} ${at}`}>
              <p>{words.evidenceOf[kind](f.number(figure, 1))}</p>
              <p className="small muted">
                {of !== null && `${of} · `}
                <Moment at={at} />
              </p>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
