import { afterAll, beforeAll, expect, test } from 'vitest';
import { MINUTE } from '../../core/domain/clock.ts';
import { seededRandom } from '../support/random.ts';
import { playMischief, SMALL_PROVINCE } from '../support/simulation/mischief.ts';
import { openStage, type Stage, simulate } from '../support/simulation/simulation.ts';
import { disagreements, distinct, toldWrongly } from '../support/simulation/truth.ts';

/** More of them where someone hunts for a fault: `OUTAGE_SEEDS=7,8,9`. */
const SEEDS = (process.env['OUTAGE_SEEDS'] ?? '1,2').split(',').map(Number);
const LASTS_MS = 25 * MINUTE;

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(async () => {
  await stage.close();
});

test.each(SEEDS)('whatever breaks and whenever Simpul dies, what it says is what was so (seed %i)', async (seed) => {
  const sim = await simulate(stage, SMALL_PROVINCE, { seed });

  const { diary } = await playMischief(sim, seededRandom(seed), LASTS_MS);
  sim.simpul().kill();

  const story = `seed ${seed}\n${diary.join('\n')}`;
  const heard = sim.heard();
  expect(await disagreements(sim), story).toEqual([]);
  expect(await toldWrongly(sim), story).toEqual([]);
  // Sent again under the same id only by who died before it was written down that it had left.
  expect(heard.length - distinct(heard).length, story).toBeLessThanOrEqual(2 * sim.deadTimes().length);
  const strays = await sim.inventory.sql.query(
    'SELECT o.id FROM outage o LEFT JOIN incident_outage i ON i.outage_id = o.id WHERE i.outage_id IS NULL',
  );
  expect(strays, story).toEqual([]);
  expect((await sim.incidents()).length, story).toBeGreaterThan(2);
});
