// A process of its own that keeps one change after the other in a journal, and tells its parent of each that is on disk,
// until it is killed. Argument: the folder of the journal.
import { type JournalRecord, openJournal } from '../../collector/pipeline/journal.ts';
import { silentLog } from '../../core/log/log.ts';

export const recordAt = (at: number): JournalRecord => ({
  kind: 'change',
  change: {
    deviceId: '00000000-0000-4000-8000-000000000001',
    state: 'down',
    previous: 'up',
    at,
    reason: 'timeout',
    lastSeenAt: at,
    memory: {},
  },
});

const [dir] = process.argv.slice(2);
if (dir !== undefined && process.send !== undefined) {
  process.once('disconnect', () => process.exit(0));
  const journal = await openJournal(dir, silentLog);
  for (let at = 1; ; at++) {
    await journal.keep([recordAt(at)]);
    process.send(at);
  }
}
