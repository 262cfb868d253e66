import type { WatchedDevice } from './watched-device.ts';

type Member = Pick<WatchedDevice, 'id' | 'parentIds'>;

/** Who is reached through whom, of the devices that are watched. */
export type Kinship = {
  /** The devices there are now. A parent that is not watched is no parent: nobody could tell how it does. */
  replace(devices: Iterable<Member>): void;
  parentsOf(deviceId: string): readonly string[];
  childrenOf(deviceId: string): readonly string[];
  /** Everything that lies before a device, on any way. */
  ancestorsOf(deviceId: string): readonly string[];
};

const NONE: readonly string[] = [];

export function createKinship(devices: Iterable<Member> = []): Kinship {
  let parents = new Map<string, readonly string[]>();
  let children = new Map<string, string[]>();

  function replace(members: Iterable<Member>): void {
    const all = [...members];
    const ids = new Set(all.map(({ id }) => id));
    parents = new Map();
    children = new Map();
    for (const { id, parentIds } of all) {
      const watched = parentIds.filter((parentId) => ids.has(parentId));
      if (watched.length === 0) continue;
      parents.set(id, watched);
      for (const parentId of watched) {
        const siblings = children.get(parentId);
        if (siblings === undefined) children.set(parentId, [id]);
        else siblings.push(id);
      }
    }
  }
  replace(devices);

  return {
    replace,
    parentsOf: (id) => parents.get(id) ?? NONE,
    childrenOf: (id) => children.get(id) ?? NONE,
    ancestorsOf(id) {
      const found = new Set<string>();
      const left = [...(parents.get(id) ?? NONE)];
      for (let next = left.pop(); next !== undefined; next = left.pop()) {
        if (next === id || found.has(next)) continue;
        found.add(next);
        left.push(...(parents.get(next) ?? NONE));
      }
      return [...found];
    },
  };
}
