import { BlockList, isIPv4, isIPv6 } from 'node:net';

/** `never`: no source may name it, whatever the user allows. `private`: only a source for which the user allows it. */
export type AddressClass = { reach: 'public' } | { reach: 'private' | 'never'; reason: string };

type Range = [subnet: string, prefix: number, reach: 'private' | 'never', reason: string];

/** IANA special-purpose registries (RFC 6890 and updates), IPv4. The cloud metadata address comes before its range. */
const ranges4: Range[] = [
  ['169.254.169.254', 32, 'never', 'metadata'],
  ['100.100.100.200', 32, 'never', 'metadata'],
  ['0.0.0.0', 8, 'never', 'unspecified'],
  ['127.0.0.0', 8, 'private', 'loopback'],
  ['10.0.0.0', 8, 'private', 'private'],
  ['172.16.0.0', 12, 'private', 'private'],
  ['192.168.0.0', 16, 'private', 'private'],
  ['100.64.0.0', 10, 'private', 'carrier-nat'],
  ['169.254.0.0', 16, 'private', 'link-local'],
  ['192.0.0.0', 24, 'never', 'reserved'],
  ['192.0.2.0', 24, 'never', 'documentation'],
  ['192.88.99.0', 24, 'never', 'reserved'],
  ['198.18.0.0', 15, 'private', 'benchmark'],
  ['198.51.100.0', 24, 'never', 'documentation'],
  ['203.0.113.0', 24, 'never', 'documentation'],
  ['224.0.0.0', 4, 'never', 'multicast'],
  ['240.0.0.0', 4, 'never', 'reserved'],
];

const ranges6: Range[] = [
  ['fd00:ec2::254', 128, 'never', 'metadata'],
  ['fd20:ce::254', 128, 'never', 'metadata'],
  ['::', 128, 'never', 'unspecified'],
  ['::1', 128, 'private', 'loopback'],
  ['64:ff9b:1::', 48, 'private', 'private'],
  ['100::', 64, 'never', 'reserved'],
  ['2001::', 32, 'never', 'tunnel'],
  ['2001:2::', 48, 'never', 'benchmark'],
  ['2001:10::', 28, 'never', 'reserved'],
  ['2001:20::', 28, 'never', 'reserved'],
  ['2001:db8::', 32, 'never', 'documentation'],
  ['3fff::', 20, 'never', 'documentation'],
  ['5f00::', 16, 'never', 'reserved'],
  ['fc00::', 7, 'private', 'private'],
  ['fe80::', 10, 'private', 'link-local'],
  ['fec0::', 10, 'private', 'private'],
  ['ff00::', 8, 'never', 'multicast'],
];

const listed = (ranges: readonly Range[], family: 'ipv4' | 'ipv6') =>
  ranges.map(([subnet, prefix, reach, reason]) => {
    const list = new BlockList();
    list.addSubnet(subnet, prefix, family);
    return { contains: (address: string) => list.check(address, family), verdict: { reach, reason } };
  });
const table4 = listed(ranges4, 'ipv4');
const table6 = listed(ranges6, 'ipv6');

/**
 * Where an address literal leads. IPv6 forms that carry an IPv4 address (mapped, compatible, NAT64, 6to4) are judged by that address.
 * A text that is no address leads nowhere.
 */
export function classifyAddress(address: string): AddressClass {
  if (isIPv4(address)) return table4.find((range) => range.contains(address))?.verdict ?? { reach: 'public' };
  if (!isIPv6(address)) return { reach: 'never', reason: 'not-an-address' };
  // A zone names an interface of this machine.
  const plain = address.split('%')[0] ?? '';
  const named = table6.find((range) => range.contains(plain));
  if (named) return named.verdict;
  const inner = embedded4(plain);
  if (inner !== null) return classifyAddress(inner);
  // Only 2000::/3 is handed out for the public internet (RFC 4291).
  const first = groups(plain)[0] ?? 0;
  return first >= 0x2000 && first < 0x4000 ? { reach: 'public' } : { reach: 'never', reason: 'reserved' };
}

/** The IPv4 address inside an IPv6 one: ::ffff:0:0/96, ::/96, 64:ff9b::/96 (RFC 6052), 2002::/16 (RFC 3056). */
function embedded4(address: string): string | null {
  const parts = groups(address);
  const dotted = (high = 0, low = 0) => [high >> 8, high & 255, low >> 8, low & 255].join('.');
  const zeros = (count: number) => parts.slice(0, count).every((part) => part === 0);
  if (zeros(5) && (parts[5] === 0xffff || parts[5] === 0)) return dotted(parts[6], parts[7]);
  if (zeros(4) && parts[4] === 0xffff && parts[5] === 0) return dotted(parts[6], parts[7]);
  if (parts[0] === 0x64 && parts[1] === 0xff9b && parts.slice(2, 6).every((part) => part === 0))
    return dotted(parts[6], parts[7]);
  if (parts[0] === 0x2002) return dotted(parts[1], parts[2]);
  return null;
}

/** The eight 16-bit groups of a valid IPv6 address. */
function groups(address: string): number[] {
  // The URL parser writes every form, dotted tails included, as hexadecimal groups.
  const canonical = new URL(`http://[${address}]/`).hostname.slice(1, -1);
  const [head = '', tail] = canonical.split('::');
  const numbers = (text: string) => (text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16)));
  if (tail === undefined) return numbers(head);
  const [before, after] = [numbers(head), numbers(tail)];
  return [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after];
}
