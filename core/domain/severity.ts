/** How much an incident takes down, mildest first. */
export const SEVERITIES = ['minor', 'major', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** From so many sites on an incident is more than one place's trouble, or a region's. */
const MAJOR_SITES = 2;
const CRITICAL_SITES = 10;

export function severityOf({ sites }: { readonly sites: number }): Severity {
  if (sites >= CRITICAL_SITES) return 'critical';
  return sites >= MAJOR_SITES ? 'major' : 'minor';
}

export const isAtLeast = (severity: Severity, least: Severity): boolean =>
  SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(least);
