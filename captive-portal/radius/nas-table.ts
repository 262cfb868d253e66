import { BlockList, isIP } from 'node:net';
import type { RadiusNas, Source } from './policy.ts';

/** A NAS and where it speaks from. */
export type NasEntry<Nas extends RadiusNas> = {
  readonly nas: Nas;
  /** An address, or a block such as `10.5.0.0/16`; null: it speaks RadSec only. */
  readonly address: string | null;
  /** Name in its certificate; null: it speaks UDP only. */
  readonly radsecName: string | null;
};

/**
 * Finds a NAS by its source: an address first, then the smallest block that holds it.
 * Entries whose address cannot be read are left out; the store has checked them.
 */
export function createNasTable<Nas extends RadiusNas>(
  entries: readonly NasEntry<Nas>[],
): (source: Source) => Nas | null {
  const byAddress = new Map<string, Nas>();
  const byName = new Map<string, Nas>();
  const blocks: {
    readonly bits: number;
    readonly list: BlockList;
    readonly family: 'ipv4' | 'ipv6';
    readonly nas: Nas;
  }[] = [];
  for (const { nas, address, radsecName } of entries) {
    if (radsecName !== null) byName.set(radsecName.toLowerCase(), nas);
    if (address === null) continue;
    const [host = '', size] = address.split('/');
    const version = isIP(host);
    const width = version === 4 ? 32 : 128;
    const bits = size === undefined ? width : Number(size);
    if (version === 0 || !Number.isInteger(bits) || bits < 0 || bits > width) continue;
    if (bits === width) {
      byAddress.set(host.toLowerCase(), nas);
      continue;
    }
    const family = version === 4 ? 'ipv4' : 'ipv6';
    const list = new BlockList();
    list.addSubnet(host, bits, family);
    blocks.push({ bits, list, family, nas });
  }
  blocks.sort((one, other) => other.bits - one.bits);
  return (source) => {
    if (source.kind === 'radsec') return byName.get(source.name) ?? null;
    const found = byAddress.get(source.address.toLowerCase());
    if (found !== undefined) return found;
    const family = isIP(source.address) === 6 ? 'ipv6' : 'ipv4';
    return blocks.find((block) => block.family === family && block.list.check(source.address, family))?.nas ?? null;
  };
}
