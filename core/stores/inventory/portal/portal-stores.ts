import type { Sealer } from '../../../config/seal.ts';
import type { PortalRegistry } from '../../../domain/portal/kinds.ts';
import type { Sql } from '../sql.ts';
import { portalAttempts } from './attempts.ts';
import { portalAudit } from './audit.ts';
import { portalAwaited } from './awaited.ts';
import { portalConsents } from './consents.ts';
import { portalDataRequests } from './data-requests.ts';
import { portalDays } from './days.ts';
import { portalFigures } from './figures.ts';
import { portalForgetting } from './forgetting.ts';
import { portalGateways } from './gateways.ts';
import { loginOutcomes } from './login-outcomes.ts';
import { portalLogins } from './logins.ts';
import { portalPeople } from './people.ts';
import { portalPhoneCodes } from './phone-codes.ts';
import { portalPlans } from './plans.ts';
import { portalSessions } from './sessions.ts';
import { portalSites } from './sites.ts';
import { portalSurvey } from './survey.ts';
import { portalTerms } from './terms.ts';
import { portalVouchers } from './vouchers.ts';

export type PortalStores = ReturnType<typeof portalStores>;

/** What the captive portal and its operators keep. */
export const portalStores = (sql: Sql, sealer: Sealer, registry: PortalRegistry | null) => ({
  plans: portalPlans(sql),
  sites: portalSites(sql, registry?.methods ?? null),
  gateways: portalGateways(sql, sealer, registry?.gateways ?? null),
  logins: portalLogins(sql),
  loginOutcomes: loginOutcomes(sql),
  sessions: portalSessions(sql),
  awaited: portalAwaited(sql),
  days: portalDays(sql),
  figures: portalFigures(sql),
  terms: portalTerms(sql),
  consents: portalConsents(sql),
  vouchers: portalVouchers(sql),
  phoneCodes: portalPhoneCodes(sql),
  people: portalPeople(sql),
  attempts: portalAttempts(sql),
  survey: portalSurvey(sql),
  dataRequests: portalDataRequests(sql),
  forgetting: portalForgetting(sql),
  audit: portalAudit(sql),
});
