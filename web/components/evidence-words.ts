import type { EvidenceItem } from '../../core/contract/incidents.ts';
import { MINUTE } from '../../core/domain/clock.ts';
import type { Format } from '../i18n/format.ts';
import type { Dictionary } from '../i18n/id.ts';

/** How sure a cause is, in words; the figure stands beside them. */
export const SURENESS = ['almost-certain', 'likely', 'possible', 'weak'] as const;
export type Sureness = (typeof SURENESS)[number];

/** @param confidence 0 to 1 */
export function surenessOf(confidence: number): Sureness {
  if (confidence >= 0.9) return 'almost-certain';
  if (confidence >= 0.7) return 'likely';
  return confidence >= 0.4 ? 'possible' : 'weak';
}

/** One piece of evidence as a sentence, its figure in a unit that people use. */
export function evidenceText({ kind, figure, unit }: EvidenceItem, t: Dictionary, f: Format): string {
  const say = t.incidents.evidenceOf[kind];
  switch (unit) {
    case 'min':
      return say(f.lasting(figure * MINUTE));
    case 'V':
      // Power boxes without a meter say on or off, as 1 and 0.
      return figure > 1 ? `${say('')} (${f.number(figure)} V)` : say('');
    default:
      return say(f.number(figure, 1));
  }
}
