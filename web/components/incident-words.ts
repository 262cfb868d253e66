import type { Incident } from '../../core/contract/incidents.ts';
import { useTexts } from '../i18n/texts.tsx';

type Words = {
  readonly title: (incident: Incident) => string;
  readonly place: (incident: Incident) => string;
  /** Why, and how sure that is. */
  readonly cause: (incident: Incident) => { readonly text: string; readonly sure: string };
  readonly effect: (incident: Incident) => string;
};

/** An incident in words, the same on every screen. */
export function useIncidentWords(): Words {
  const { t, f } = useTexts();
  const words = t.incidents;
  return {
    title({ root, rootKind }) {
      if (root === null) return words.heading.elsewhere;
      return rootKind === 'place'
        ? words.heading.place(root.place.split(', ')[0] ?? root.siteName)
        : words.heading[rootKind](rootKind === 'device' ? root.deviceName : root.siteName);
    },
    place: ({ root, rootKind }) =>
      root === null
        ? ''
        : [rootKind === 'device' ? root.siteName : root.deviceName, root.place]
            .filter((part) => part !== '')
            .join(' · '),
    cause({ cause, confidence, guessedCause }) {
      const sure =
        guessedCause !== null ? words.byPerson : cause === 'unknown' ? '' : words.confidence(f.percent(confidence, 0));
      return { text: words.cause[cause], sure };
    },
    effect({ effect }) {
      const { villages, agencies, population, devices, sites } = effect;
      const named = [
        ...(villages > 0 ? [words.effect.villages(f.number(villages))] : []),
        ...(agencies > 0 ? [words.effect.agencies(f.number(agencies))] : []),
        ...(population > 0 ? [words.effect.people(f.number(population))] : []),
      ];
      if (named.length > 0) return named.join(' · ');
      return [words.effect.sites(f.number(sites)), words.effect.devices(f.number(devices))].join(' · ');
    },
  };
}
