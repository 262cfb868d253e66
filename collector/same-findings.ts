import type { Findings } from './probe.ts';

/** Remembers what was found of each device, so that what is as before is the same object and is not written again. */
export type SameFindings = {
  of(deviceId: string, findings: Findings): Findings;
  forget(deviceId: string): void;
};

export function createSameFindings(): SameFindings {
  const known = new Map<string, Map<string, { readonly print: string; readonly data: unknown }>>();
  return {
    of(deviceId, findings) {
      const sections = known.get(deviceId) ?? new Map();
      known.set(deviceId, sections);
      const same = Object.entries(findings).map(([section, data]) => {
        const print = JSON.stringify(data);
        const before = sections.get(section);
        if (before?.print === print) return [section, before.data] as const;
        sections.set(section, { print, data });
        return [section, data] as const;
      });
      return Object.fromEntries(same);
    },
    forget: (deviceId) => void known.delete(deviceId),
  };
}
