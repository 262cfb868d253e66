import { randomBytes } from 'node:crypto';
import { userInfo } from 'node:os';
import { outputOf, program } from './program.ts';

export type FarNetwork = {
  /** Our own address on the wire. */
  readonly gateway: string;
  /** Gives the far side another address. */
  addAddress(address: string): Promise<void>;
  /** Takes it away: nobody answers for it any more. */
  removeAddress(address: string): Promise<void>;
  /** Takes the whole wire down, or up again. */
  setWire(state: 'up' | 'down'): Promise<void>;
  stop(): Promise<void>;
};

/**
 * A network namespace behind a veth pair: its addresses really vanish, where those of loopback always answer. Addresses
 * are of the given /24, whose .1 is ours.
 * @throws where the test does not run as root
 */
export async function openFarNetwork(prefix: `10.${number}.${number}`): Promise<FarNetwork> {
  if (userInfo().uid !== 0) throw new Error('network namespaces need root: run the tests as root');
  const ip = program('ip', 'iproute2');
  const mark = randomBytes(3).toString('hex');
  const [space, near, far] = [`simpul-${mark}`, `sn${mark}`, `sf${mark}`];
  const run = async (...args: string[]): Promise<void> => void (await outputOf(ip, args));
  const inside = (...args: string[]): Promise<void> => run('-n', space, ...args);

  await run('netns', 'add', space);
  await run('link', 'add', near, 'type', 'veth', 'peer', 'name', far, 'netns', space);
  await run('addr', 'add', `${prefix}.1/24`, 'dev', near);
  await run('link', 'set', near, 'up');
  await inside('link', 'set', far, 'up');
  await inside('link', 'set', 'lo', 'up');
  return {
    gateway: `${prefix}.1`,
    addAddress: (address) => inside('addr', 'add', `${address}/24`, 'dev', far),
    removeAddress: (address) => inside('addr', 'del', `${address}/24`, 'dev', far),
    setWire: (state) => inside('link', 'set', far, state),
    async stop() {
      await run('netns', 'del', space);
      // The near end goes with its peer, though not at once.
      await run('link', 'del', near).catch(() => {});
    },
  };
}
