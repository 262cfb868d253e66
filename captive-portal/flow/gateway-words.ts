import { REFUSALS, type Refusal } from '../../core/domain/portal/grant.ts';
import { REFUSAL_WORDS } from '../../core/domain/portal/refusal-words.ts';
import { type Language, refusalText, wordsOf } from '../pages/words.ts';

const TIME = /(\d{2})\.(\d{2})/;
const quoted = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const KNOWN = REFUSALS.map((refusal): readonly [Refusal, RegExp] => [
  refusal,
  new RegExp(`^${REFUSAL_WORDS[refusal].split('{time}').map(quoted).join(TIME.source)}$`),
]);

/**
 * Why a gateway sent somebody back, for people. What it says came with the address, so that anybody could have written
 * it: only what we told the gateway ourselves is said again, and in the language of the page.
 */
export function gatewayWords(said: string, language: Language): string {
  for (const [refusal, pattern] of KNOWN) {
    const match = pattern.exec(said);
    if (match === null) continue;
    const [, hours, minutes] = match;
    return refusalText(language, refusal, hours === undefined ? {} : { opensAt: Number(hours) * 60 + Number(minutes) });
  }
  const t = wordsOf(language);
  return /radius|respond|time-?out/i.test(said) ? t.gatewayUnanswered : t.gatewayRefused;
}
