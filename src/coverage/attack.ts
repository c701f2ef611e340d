import { coverageData } from './data.ts';
import type { Technique } from './data.ts';

/** Versions of ATT&CK that figures can be given in; mappings are kept in the first. */
export const ATTACK_VERSIONS = ['18.1', '19.1'] as const;
export type AttackVersion = (typeof ATTACK_VERSIONS)[number];
export const DEFAULT_ATTACK_VERSION: AttackVersion = '18.1';

export interface Attack {
  version: AttackVersion;
  tactics: readonly { id: string; shortname: string; name: string }[];
  /** Those that a cloud detection can be about, parents before their parts. */
  techniques: readonly Technique[];
  byId: ReadonlyMap<string, Technique>;
}

/** The platforms of ATT&CK whose behaviour shows in the logs of a cloud account. */
const PLATFORM = 'IaaS';
const loaded = new Map<AttackVersion, Attack>();

/** A version of ATT&CK, cut to what happens in cloud accounts; `byId` has all techniques. */
export function attackOf(version: AttackVersion = DEFAULT_ATTACK_VERSION): Attack {
  const known = loaded.get(version);
  if (known !== undefined) return known;
  const { tactics, techniques } = coverageData(version === '18.1' ? 'attack-18' : 'attack-19');
  const byId = new Map(techniques.map((technique) => [technique.id, technique]));
  const attack = {
    version,
    tactics,
    techniques: techniques
      .filter(({ platforms }) => platforms.includes(PLATFORM))
      .toSorted((one, other) => (one.id < other.id ? -1 : 1)),
    byId,
  };
  loaded.set(version, attack);
  return attack;
}

/** `T1562` of `T1562.008`, and of itself. */
export function parentOf(techniqueId: string): string {
  return techniqueId.slice(0, 5);
}

/** What a technique of 18.1 is called in a version; several of one may become the same of the other. */
export function inVersion(techniqueId: string, version: AttackVersion): string {
  if (version === '18.1') return techniqueId;
  const { replaced } = coverageData('attack-crosswalk');
  return replaced.find(({ v18 }) => v18 === techniqueId)?.v19 ?? techniqueId;
}
