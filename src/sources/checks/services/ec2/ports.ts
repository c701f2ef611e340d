import type { AclEntry, GroupRule, NetworkAcl, SecurityGroup } from './collect.ts';

/** Protocols, by the numbers that AWS also writes. */
const NUMBERS: Readonly<Record<string, string>> = { '6': 'tcp', '17': 'udp', '1': 'icmp', '58': 'icmpv6' };

const INTERNET = ['0.0.0.0/0', '::/0'] as const;

export function isFromInternet({ ranges }: Pick<GroupRule, 'ranges'>): boolean {
  return INTERNET.some((range) => ranges.includes(range));
}

/** Whether a rule speaks of a port; a rule without ports speaks of all. */
export function coversPort(
  { protocol, fromPort, toPort }: Pick<GroupRule, 'protocol' | 'fromPort' | 'toPort'>,
  port: number,
  of: 'tcp' | 'udp' = 'tcp',
): boolean {
  if (protocol === '-1') return true;
  if ((NUMBERS[protocol] ?? protocol) !== of) return false;
  return (fromPort === null || fromPort <= port) && (toPort === null || port <= toPort);
}

/** Whether a rule speaks of everything, or of everything in TCP. */
export function coversAllPorts({ protocol, fromPort, toPort }: GroupRule): boolean {
  if (protocol === '-1') return true;
  const from = fromPort ?? 0;
  const to = toPort ?? 65_535;
  return (NUMBERS[protocol] ?? protocol) === 'tcp' && from === 0 && to === 65_535;
}

/** The rules by which a group lets the internet in at one of the ports. */
export function rulesOpenToInternet(
  { ingress }: Pick<SecurityGroup, 'ingress'>,
  ports: readonly number[],
  protocols: readonly ('tcp' | 'udp')[] = ['tcp'],
): GroupRule[] {
  return ingress.filter(
    (rule) =>
      isFromInternet(rule) &&
      ports.some((port) => protocols.some((protocol) => coversPort(rule, port, protocol))),
  );
}

/** A rule for people: `tcp 20-22 from 0.0.0.0/0`. */
export function ruleText({ protocol, fromPort, toPort, ranges }: GroupRule): string {
  const name = protocol === '-1' ? 'everything' : (NUMBERS[protocol] ?? protocol);
  const ports = fromPort === null ? '' : ` ${fromPort === toPort ? fromPort : `${fromPort}-${toPort}`}`;
  const internet = INTERNET.filter((range) => ranges.includes(range));
  return `${name}${ports} from ${internet.join(' and ')}`;
}

/** The entry by which an ACL lets the internet in at a port: the first that matches decides. */
export function entryOpenToInternet({ entries }: NetworkAcl, port: number): AclEntry | null {
  for (const range of INTERNET) {
    const first = entries
      .filter((entry) => !entry.egress && entry.range === range && coversPort(entry, port))
      .toSorted((one, other) => one.number - other.number)[0];
    if (first?.allow === true) return first;
  }
  return null;
}
