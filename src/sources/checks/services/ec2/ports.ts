import { failIf } from '../../catalogue.ts';
import type { Outcome } from '../../catalogue.ts';
import { grouped } from '../../grouped.ts';
import type { AclEntry, NetworkAcl } from '../vpc/collect.ts';
import type { GroupRule, NetworkInterface, SecurityGroup } from './collect.ts';

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

/** Whether a rule speaks of a protocol; one that speaks of all does too. */
export function coversProtocol({ protocol }: Pick<GroupRule, 'protocol'>, names: readonly string[]): boolean {
  return protocol === '-1' || names.includes(NUMBERS[protocol] ?? protocol);
}

/** Whether a rule speaks of TCP or UDP ports other than these, each by itself or by a range. */
export function coversOtherPorts(rule: GroupRule, ports: readonly number[]): boolean {
  if (rule.protocol === '-1') return true;
  if (!coversProtocol(rule, ['tcp', 'udp'])) return false;
  const from = rule.fromPort ?? 0;
  const to = rule.toPort ?? 65_535;
  return to - from + 1 > ports.filter((port) => from <= port && port <= to).length;
}

/** Fails where a group lets the internet in at one of the ports, on TCP; `udp_ports` on UDP. */
export function judgeOpenPorts(
  group: SecurityGroup,
  { parameters }: { parameters: { ports: readonly number[]; udp_ports?: readonly number[] } },
): Outcome {
  const { ports, udp_ports: udpPorts = [] } = parameters;
  const open = new Set([
    ...rulesOpenToInternet(group, ports, ['tcp']),
    ...rulesOpenToInternet(group, udpPorts, ['udp']),
  ]);
  return failIf(open.size > 0, { rules: [...open].map(ruleText) });
}

const byGroup = grouped((one: NetworkInterface) => one.groupIds);

/** The network interfaces that a group guards. */
export function interfacesOf(
  { groupId }: SecurityGroup,
  interfaces: readonly NetworkInterface[],
): readonly NetworkInterface[] {
  return byGroup(interfaces, groupId);
}

/** The entry by which an ACL lets the internet in at a port: the first that matches decides. */
export function entryOpenToInternet(acl: NetworkAcl, port: number): AclEntry | null {
  return firstAllowed(acl, (entry) => coversPort(entry, port));
}

/** The entry by which an ACL lets in everything from the internet. */
export function entryOpenToEverything(acl: NetworkAcl): AclEntry | null {
  return firstAllowed(acl, ({ protocol }) => protocol === '-1');
}

function firstAllowed({ entries }: NetworkAcl, matches: (entry: AclEntry) => boolean): AclEntry | null {
  for (const range of INTERNET) {
    const first = entries
      .filter((entry) => !entry.egress && entry.range === range && matches(entry))
      .toSorted((one, other) => one.number - other.number)[0];
    if (first?.allow === true) return first;
  }
  return null;
}
