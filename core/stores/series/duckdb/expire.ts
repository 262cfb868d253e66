import { DAY } from '../../../domain/clock.ts';
import { alignDown, coarser, WIDTH_MS } from '../resolution.ts';
import { RESOLUTIONS, type Resolution, type Retention } from '../series-store.ts';
import { rows } from './engine.ts';
import { touchedTable } from './roll-up.ts';
import type { Session } from './session.ts';

/** Deletes what is older than retention allows and safely rolled up. */
export async function expireAll(session: Session, retention: Retention, now: number): Promise<void> {
  for (const resolution of RESOLUTIONS) {
    const days = retention[resolution];
    if (days !== null) await expireOne(session, resolution, now - days * DAY);
  }
}

async function expireOne(session: Session, resolution: Resolution, oldest: number): Promise<void> {
  const { engine, partitions, ledger, catalogue } = session;
  await engine.replace(async (connection) => {
    let until = oldest;
    const above = coarser(resolution);
    if (above !== null) {
      const [row] = await rows(connection, `SELECT min(at_ms)::DOUBLE FROM ${touchedTable(above)}`);
      const unmended = typeof row?.[0] === 'number' ? row[0] : Infinity;
      until = alignDown(Math.min(until, ledger.rolledTo[above], unmended), WIDTH_MS[above]);
    }
    if (until <= ledger.expiredTo[resolution]) return () => {};
    await ledger.setExpiredTo(connection, resolution, until);
    const gone = partitions.all(resolution).filter((each) => each.to <= until);
    const forgets: (() => void)[] = [];
    for (const each of gone) forgets.push(await partitions.drop(connection, each));
    await ledger.findSince(
      connection,
      partitions.all(resolution).filter((each) => !gone.includes(each)),
      resolution,
    );
    if (resolution === 'raw') catalogue.dropTipsBefore(until);
    return () => {
      for (const forget of forgets) forget();
    };
  });
}
