import { describe, expect, it } from '@jest/globals';
import { ATTACK_VERSIONS, attackOf } from '../../../src/coverage/attack.ts';
import { navigatorLayer } from '../../../src/coverage/scoring/navigator.ts';
import { scoreCoverage } from '../../../src/coverage/scoring/score.ts';
import { madeUpDetection } from '../../support/coverage.ts';

/** What the format of layers, version 4.5, has; `!` is required. */
type Shape = string | readonly Shape[] | { readonly [name: string]: Shape };

const NAME_AND_VALUE = { 'name!': 'string', 'value!': 'string' };
const LINK = { 'label!': 'string', 'url!': 'string' };
const LAYER: Shape = {
  'versions!': { 'attack!': 'string', 'navigator!': 'string', 'layer!': 'string' },
  'name!': 'string',
  'domain!': 'string',
  description: 'string',
  customDataURL: 'string',
  filters: { 'platforms!': ['string'] },
  sorting: 'number',
  layout: {
    layout: 'string',
    aggregateFunction: 'string',
    showID: 'boolean',
    showName: 'boolean',
    showAggregateScores: 'boolean',
    countUnscored: 'boolean',
    expandedSubtechniques: 'string',
  },
  hideDisabled: 'boolean',
  techniques: [
    {
      'techniqueID!': 'string',
      tactic: 'string',
      comment: 'string',
      enabled: 'boolean',
      score: 'number',
      color: 'string',
      metadata: [NAME_AND_VALUE],
      links: [LINK],
      showSubtechniques: 'boolean',
    },
  ],
  gradient: { 'colors!': ['string'], 'minValue!': 'number', 'maxValue!': 'number' },
  legendItems: [{ 'label!': 'string', 'color!': 'string' }],
  showTacticRowBackground: 'boolean',
  tacticRowBackground: 'string',
  selectTechniquesAcrossTactics: 'boolean',
  selectSubtechniquesWithParent: 'boolean',
  selectVisibleTechniques: 'boolean',
  metadata: [NAME_AND_VALUE],
  links: [LINK],
};

/** Where a value is not of a shape. */
function faultsOf(value: unknown, shape: Shape, place = ''): string[] {
  if (typeof shape === 'string') return typeof value === shape ? [] : [`${place} is no ${shape}`];
  if (Array.isArray(shape)) {
    if (!Array.isArray(value)) return [`${place} is no list`];
    return value.flatMap((one, index) => faultsOf(one, shape[0] as Shape, `${place}[${index}]`));
  }
  if (typeof value !== 'object' || value === null) return [`${place} is no object`];
  const known = Object.entries(shape).map(([name, inner]) => [name.replace('!', ''), inner] as const);
  const missing = Object.keys(shape)
    .filter((name) => name.endsWith('!') && !Object.hasOwn(value, name.slice(0, -1)))
    .map((name) => `${place} lacks ${name.slice(0, -1)}`);
  const inner = Object.entries(value).flatMap(([name, one]) => {
    const found = known.find(([own]) => own === name);
    return found === undefined
      ? [`${place} has ${name}, which the format does not`]
      : faultsOf(one, found[1], `${place}.${name}`);
  });
  return [...missing, ...inner];
}

interface Layer {
  versions: { attack: string; layer: string };
  techniques: { techniqueID: string; tactic: string; score?: number }[];
  gradient: { colors: string[]; minValue: number; maxValue: number };
  filters: { platforms: string[] };
}

describe.each(ATTACK_VERSIONS)('a layer of ATT&CK %s', (version) => {
  const account = {
    accountId: '111111111111',
    provider: 'aws' as const,
    servicesInUse: [{ service: 'S3', regions: ['eu-west-1'] }],
    detections: [madeUpDetection()],
  };
  const layer = navigatorLayer(scoreCoverage([account], [], version)) as Layer;

  it('has what the format has, and nothing else', () => {
    expect(faultsOf(layer, LAYER)).toEqual([]);
    expect(layer.versions).toMatchObject({ attack: version.split('.')[0], layer: '4.5' });
    expect(layer.gradient.colors.length).toBeGreaterThanOrEqual(2);
    expect(layer.gradient.minValue).toBeLessThan(layer.gradient.maxValue);
  });

  it('names techniques and tactics of that version, each pair once', () => {
    const { byId, tactics } = attackOf(version);
    const shortnames = new Set(tactics.map(({ shortname }) => shortname));
    const pairs = layer.techniques.map(({ techniqueID, tactic }) => `${techniqueID} ${tactic}`);
    expect(new Set(pairs).size).toBe(pairs.length);
    const strangers = layer.techniques.filter(
      ({ techniqueID, tactic }) =>
        byId.get(techniqueID)?.tactics.includes(tactic) !== true || !shortnames.has(tactic),
    );
    expect(strangers).toEqual([]);
    for (const { score = 0 } of layer.techniques) expect(score >= 0 && score <= 100).toBe(true);
  });
});
