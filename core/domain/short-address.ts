/**
 * An address as far as its owner needs it to recognise a network, and no further: /24 of IPv4, /48 of IPv6.
 * @returns null for what is no address
 */
export function shortenedAddress(address: string): string | null {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
  const four = /^(\d{1,3}\.\d{1,3}\.\d{1,3})\.\d{1,3}$/.exec(mapped);
  if (four !== null) return `${four[1]}.0/24`;
  if (!/^[\da-f:]*:[\da-f:]*$/i.test(mapped)) return null;
  const [head = '', tail] = mapped.split('::');
  const left = head.split(':').filter((group) => group !== '');
  const right = tail === undefined ? [] : tail.split(':').filter((group) => group !== '');
  const zeros = Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0');
  const groups = [...left, ...zeros, ...right].slice(0, 3).map((group) => group.toLowerCase());
  return `${groups.join(':')}::/48`;
}
