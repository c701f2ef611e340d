import { VedetteError } from '../../../errors.ts';
import { ALL_DETECTORS, DEFAULT_DETECTORS } from './all.ts';
import { AnchorKind } from './anchors.ts';
import type { Detector, Finder } from './detector.ts';
import type { Pattern } from './pattern/pattern.ts';

export interface AnchoredDetector {
  detector: Detector;
  match: Extract<Finder, { by: 'anchor' }>['match'];
}

export interface PatternDetector {
  detector: Detector;
  pattern: Pattern;
  needs: readonly string[];
  keywords: readonly string[];
  validate: ((match: string) => boolean) | undefined;
}

/** The detectors of a scan, by how they find. */
export interface DetectorSet {
  /** Those whose matches are reported, in order. */
  reported: readonly Detector[];
  /** Every other match is only masked where it stands beside another one. */
  isReported: (detector: Detector) => boolean;
  /** By the kind of anchor. */
  byAnchor: readonly (readonly AnchoredDetector[])[];
  byPattern: readonly PatternDetector[];
}

/**
 * The detectors of these ids, of those of the product and of the `custom` ones; `all` stands for every one, and the
 * default ones are meant where nobody named any.
 *
 * @throws VedetteError `usage` that names those there are
 */
export function detectorSet(ids: readonly string[] = [], custom: readonly Detector[] = []): DetectorSet {
  const known = [...ALL_DETECTORS, ...custom];
  const reported =
    ids.length === 0 ? [...DEFAULT_DETECTORS, ...custom] : ids.flatMap((id) => named(id, known));
  const isReported = new Set(reported);
  const used = [...new Set([...DEFAULT_DETECTORS, ...reported])];
  const anchored = (kind: AnchorKind) =>
    used.flatMap((detector) => {
      const { finder } = detector;
      return finder.by === 'anchor' && finder.anchor === kind ? [{ detector, match: finder.match }] : [];
    });
  return {
    reported: [...isReported],
    isReported: (detector) => isReported.has(detector),
    byAnchor: Object.values(AnchorKind).map(anchored),
    byPattern: used.flatMap((detector) => {
      const { finder } = detector;
      if (finder.by !== 'pattern') return [];
      const { pattern, needs = [], keywords = [], validate } = finder;
      return [{ detector, pattern, needs, keywords, validate }];
    }),
  };
}

function named(id: string, known: readonly Detector[]): readonly Detector[] {
  if (id === 'all') return known;
  const detector = known.find((one) => one.id === id);
  if (detector !== undefined) return [detector];
  throw new VedetteError('usage', `There is no detector named ${JSON.stringify(id)}.`, {
    remedy: `Detectors: ${known.map((one) => one.id).join(', ')}; all for every one.`,
  });
}
