import { REPORTS_KEPT_MS } from '../../domain/report.ts';
import type { Inventory } from '../../stores/inventory/inventory.ts';

/** Forgets what citizens and officers reported longer ago than it is kept. */
export async function removeOldReports(
  { citizenReports, officerReports }: Pick<Inventory, 'citizenReports' | 'officerReports'>,
  now: number,
): Promise<void> {
  await citizenReports.removeBefore(now - REPORTS_KEPT_MS);
  await officerReports.removeBefore(now - REPORTS_KEPT_MS);
}
