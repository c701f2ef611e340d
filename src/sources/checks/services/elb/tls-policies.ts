/**
 * Policies that offer no TLS before 1.2, by what their names begin with (November 2026): AWS writes the oldest version
 * that a policy offers into its name, also for FIPS and post-quantum forms. `ELBSecurityPolicy-2016-08`, which AWS sets
 * where nobody chooses, offers TLS 1.0.
 */
const CURRENT = /^ELBSecurityPolicy-(?:TLS-1-2-|FS-1-2-|TLS13-1-[23]-)/;

export function isCurrentPolicy(name: string): boolean {
  return CURRENT.test(name);
}

/** Of the policies of Classic balancers the only one without TLS before 1.2. */
export const CURRENT_CLASSIC_POLICY = 'ELBSecurityPolicy-TLS-1-2-2017-01';

/** What such a policy must not switch on. */
export const OLD_PROTOCOLS = ['Protocol-SSLv2', 'Protocol-SSLv3', 'Protocol-TLSv1', 'Protocol-TLSv1.1'];
