import { DAY, HOUR, MINUTE } from './clock.ts';

/** What a citizen can say of the Wi-Fi on the page of their stay. */
export const CITIZEN_REPORTS = ['slow', 'dead', 'drops', 'other'] as const;
export type CitizenReportKind = (typeof CITIZEN_REPORTS)[number];

/** What an officer of a village can report. */
export const OFFICER_REPORTS = ['dead', 'slow', 'no-login', 'damaged', 'other'] as const;
export type OfficerReportKind = (typeof OFFICER_REPORTS)[number];

/** Both kinds are forgotten after so long. */
export const REPORTS_KEPT_MS = 30 * DAY;
/** Reports are said together as those of so long. */
export const REPORTS_SPAN_MS = HOUR;
/** One device counts once at a site within this. */
export const SAME_PERSON_MS = HOUR;

/** So many different people within the time, at a site of which nothing is known to be down, ask for an engineer. */
export type ReportPolicy = { readonly people: number; readonly minutes: number };
export const DEFAULT_REPORT_POLICY: ReportPolicy = { people: 5, minutes: 30 };
export const REPORT_POLICY_KEY = 'reports.attention';
/** Where nobody has reported for so long, it is over. */
export const ATTENTION_QUIET_MS = HOUR;

export type ReportedMinute = { readonly minute: number; readonly people: number };
export type Attention = { readonly since: number; readonly people: number; readonly lastAt: number };

/**
 * Whether so many people reported within the time of the policy that somebody should look, and since when; null where
 * they did not, or where it has been quiet since.
 * @param minutes of one site, in any order
 */
export function attentionOf(minutes: readonly ReportedMinute[], policy: ReportPolicy, now: number): Attention | null {
  const sorted = minutes.filter(({ minute }) => minute <= now).toSorted((a, b) => a.minute - b.minute);
  const spanMs = policy.minutes * MINUTE;
  let since: number | null = null;
  let first = 0;
  let people = 0;
  let before: number | null = null;
  for (const [index, { minute, people: more }] of sorted.entries()) {
    // What came after a silence is a trouble of its own.
    if (before !== null && minute - before >= ATTENTION_QUIET_MS) {
      since = null;
      first = index;
      people = 0;
    }
    before = minute;
    people += more;
    for (let oldest = sorted[first]; oldest !== undefined && oldest.minute <= minute - spanMs; oldest = sorted[first]) {
      people -= oldest.people;
      first += 1;
    }
    if (people >= policy.people) since ??= minute;
  }
  if (since === null || before === null || now - before >= ATTENTION_QUIET_MS) return null;
  const begin = since - spanMs;
  const all = sorted.filter(({ minute }) => minute > begin).reduce((sum, one) => sum + one.people, 0);
  return { since, people: all, lastAt: before };
}
