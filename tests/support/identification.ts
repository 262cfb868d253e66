import { existsSync, readFileSync } from 'node:fs';
import { GENERIC_PROFILE, type Profiles } from '../../collector/profile.ts';
import type { SnmpValue } from '../../collector/snmp/value.ts';
import { agentHolding, recordedAgent } from './recorded-agent.ts';
import { recordingOf, replay } from './recordings.ts';

/** A device by what it says of itself, and the name of its operating system. */
type Pair = { readonly name: string; readonly os: string; readonly sysObjectID: string; readonly sysDescr: string };

export type IdentificationReport = {
  readonly pairs: number;
  /** Pairs that a profile other than the generic one claims. */
  readonly claimed: number;
  /** Of those, pairs whose operating system is called as expected. */
  readonly right: number;
  /** Claimed and called otherwise, as `name: profile says …`. */
  readonly wrong: readonly string[];
  /** Not claimed though a profile knows that operating system, by other pairs. */
  readonly missed: readonly string[];
};

/**
 * Who devices are taken for by sysObjectID and sysDescr alone; by all that was recorded of them where `recordings` has
 * that.
 * @param path of a file with one pair a line
 */
export async function identifyPairs(
  path: string,
  recordings: string,
  profiles: Profiles,
): Promise<IdentificationReport> {
  const pairs = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Pair => JSON.parse(line));
  const known = new Set<string>();
  const wrong: string[] = [];
  const generic: Pair[] = [];
  for (const pair of pairs) {
    const recording = recordingOf(recordings, pair.name);
    const { device } = await replay(
      existsSync(recording) ? recordedAgent(recording) : agentHolding(systemOf(pair)),
      profiles,
    );
    if (device.profile === GENERIC_PROFILE) generic.push(pair);
    else if (device.os === pair.os) known.add(pair.os);
    else wrong.push(`${pair.name}: ${device.profile} says ${device.os}`);
  }
  const claimed = pairs.length - generic.length;
  return {
    pairs: pairs.length,
    claimed,
    right: claimed - wrong.length,
    wrong,
    missed: generic.filter(({ os }) => known.has(os)).map(({ name }) => name),
  };
}

const systemOf = ({ sysObjectID, sysDescr }: Pair): readonly { oid: string; value: SnmpValue }[] => [
  { oid: '1.3.6.1.2.1.1.1.0', value: { type: 'octets', value: Buffer.from(sysDescr) } },
  { oid: '1.3.6.1.2.1.1.2.0', value: { type: 'oid', value: sysObjectID } },
];
