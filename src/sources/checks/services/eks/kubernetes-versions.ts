/** When AWS's standard support of a version ends, a year before the extended one does (as of November 2026). */
const STANDARD_SUPPORT_ENDS: Readonly<Record<string, string>> = {
  '1.30': '2025-07-23',
  '1.31': '2025-11-26',
  '1.32': '2026-03-23',
  '1.33': '2026-07-29',
  '1.34': '2026-12-02',
  '1.35': '2027-03-27',
};

/** Versions that are older than all of these have no support; newer ones have. @param now milliseconds since 1970 */
export function supportOf(version: string, now: number): 'standard' | 'extended' | 'none' {
  const known = Object.keys(STANDARD_SUPPORT_ENDS);
  if (known.every((one) => isOlder(version, one))) return 'none';
  const ends = STANDARD_SUPPORT_ENDS[version];
  if (ends === undefined || now < Date.parse(ends)) return 'standard';
  const extended = new Date(ends);
  extended.setUTCFullYear(extended.getUTCFullYear() + 1);
  return now < extended.getTime() ? 'extended' : 'none';
}

/** By the numbers of two versions such as `1.9` and `1.10`. */
export function isOlder(one: string, other: string): boolean {
  const [major = 0, minor = 0] = one.split('.').map(Number);
  const [otherMajor = 0, otherMinor = 0] = other.split('.').map(Number);
  return major < otherMajor || (major === otherMajor && minor < otherMinor);
}
