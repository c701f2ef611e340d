import { z } from 'zod';
import { COVERAGE_STATUSES, DETECTION_KINDS } from '../../model/coverage.ts';
import { accountId, count, many, time } from './common.ts';

const names = z.array(z.string()).readonly();
const percent = z
  .number()
  .nullable()
  .meta({ description: 'In percent, one decimal; null where nothing is in scope.' });
const status = z.enum(COVERAGE_STATUSES).meta({ id: 'CoverageStatus' });
const health = z.enum(['healthy', 'broken', 'unknown']).meta({ id: 'DetectionHealth' });
const kind = z.enum(DETECTION_KINDS).meta({ id: 'DetectionKind' });
const attack = z.enum(['18.1', '19.1']);
const techniqueId = z.string().regex(/^T\d{4}(?:\.\d{3})?$/);

export const coverageQuery = z.object({ account: many(accountId), attack: attack.default('18.1') });
export const accountsQuery = z.object({ account: many(accountId) });
export const detectionsQuery = z.object({ account: many(accountId), health: health.optional() });
export const historyQuery = z.object({
  account: many(accountId),
  days: z.coerce.number().int().min(1).max(730).default(30),
});
export const techniqueParameter = z.object({ technique: techniqueId });
export const templateQuery = z.object({
  provider: z.enum(['aws', 'gcp']).default('aws'),
  format: z.enum(['terraform', 'cloudformation']).default('terraform'),
});

const figures = {
  status,
  effective: percent,
  techniqueCoverage: percent,
  serviceCoverage: percent,
  inScopeServices: names,
  coveredServices: names,
  uncoveredServices: names,
};

export const technique = z
  .object({
    id: z.string(),
    name: z.string(),
    parent: z.string().nullable(),
    tactics: names,
    ...figures,
    statusByDetections: status,
    missingRegions: z.array(z.object({ service: z.string(), regions: names })).readonly(),
    detections: z
      .array(
        z.object({
          id: z.string(),
          name: z.string(),
          accountId,
          kind,
          region: z.string().nullable(),
          health,
          isPosture: z.boolean(),
          score: z.number(),
          evidence: names,
          techniques: names.meta({
            description: 'What it sees of it: the technique itself, or parts of it.',
          }),
        }),
      )
      .readonly(),
  })
  .meta({ id: 'CoveredTechnique' });
export type CoveredTechnique = z.output<typeof technique>;

const counts = { techniques: count, covered: count, partial: count, uncovered: count, effective: percent };

export const coverageReport = z
  .object({
    attackVersion: attack,
    accounts: z.array(accountId).readonly(),
    techniques: z.array(technique).readonly(),
    controls: z
      .array(
        z.object({ id: z.string(), framework: z.string(), title: z.string(), ...figures, techniques: names }),
      )
      .readonly(),
    tactics: z
      .array(z.object({ id: z.string(), shortname: z.string(), name: z.string(), ...counts }))
      .readonly(),
    summary: z.object({
      ...counts,
      coveredByDetections: count,
      partialByDetections: count,
      detections: z.object({ healthy: count, broken: count, unknown: count }),
      servicesInUse: names,
      servicesWatched: names,
      unknown: z
        .array(
          z.object({
            accountId,
            unseen: z
              .array(z.object({ call: z.string(), region: z.string().nullable(), reason: z.string() }))
              .readonly(),
            servicesUnknown: names,
          }),
        )
        .readonly(),
    }),
  })
  .meta({ id: 'CoverageReport' });
export type CoverageReport = z.output<typeof coverageReport>;

const template = z
  .object({
    technique: z.string(),
    provider: z.enum(['aws', 'gcp']),
    format: z.enum(['terraform', 'cloudformation']),
    fileName: z.string(),
    text: z.string(),
  })
  .meta({ id: 'DetectionTemplate' });
export const detectionTemplate = template;
export type DetectionTemplate = z.output<typeof template>;

export const techniqueDetails = z
  .object({ technique, templates: z.array(template).readonly() })
  .meta({ id: 'TechniqueDetails' });
export type TechniqueDetails = z.output<typeof techniqueDetails>;

export const detectionList = z
  .object({
    detections: z
      .array(
        z.object({
          id: z.string(),
          kind,
          name: z.string(),
          accountId,
          region: z.string().nullable(),
          health,
          isPosture: z.boolean(),
          reasons: z
            .array(
              z.object({
                code: z.string(),
                text: z.string(),
                remedy: z.string(),
                fact: z.string(),
                severity: z.enum(['broken', 'unknown', 'warning']),
              }),
            )
            .readonly(),
          targetServices: names,
          techniques: names,
        }),
      )
      .readonly(),
  })
  .meta({ id: 'DetectionList' });
export type DetectionList = z.output<typeof detectionList>;

export const gapList = z
  .object({
    gaps: z
      .array(
        z.object({
          id: z.string(),
          name: z.string(),
          tactics: names,
          status,
          effective: percent,
          uncoveredServices: names,
          openServices: names,
          exposure: z.number(),
          priority: z.number(),
          hasTemplate: z.boolean(),
        }),
      )
      .readonly(),
  })
  .meta({ id: 'CoverageGaps' });
export type GapList = z.output<typeof gapList>;

const drift = z
  .array(
    z.object({
      id: z.string(),
      name: z.string(),
      from: z.string(),
      to: z.string(),
      since: time.nullable().meta({ description: 'When the last reason came about, as far as scans tell.' }),
      because: names,
    }),
  )
  .readonly();

export const coverageHistory = z
  .object({
    scans: z
      .array(z.object({ scanId: count, accountId, scanTime: time, figures: z.object(counts) }))
      .readonly(),
    lost: drift,
    won: drift,
  })
  .meta({ id: 'CoverageHistory' });
export type CoverageHistory = z.output<typeof coverageHistory>;

export const navigatorLayer = z
  .record(z.string(), z.unknown())
  .meta({ id: 'NavigatorLayer', description: 'A layer of the ATT&CK Navigator, format 4.5.' });

export const correction = z
  .object({
    detectionId: z.string().min(1).max(2048),
    techniqueId,
    covers: z.boolean(),
    reason: z.string().trim().min(1).max(2000),
  })
  .meta({ id: 'MappingCorrection' });
export type Correction = z.output<typeof correction>;

export const correctionList = z
  .object({ corrections: z.array(correction.extend({ by: z.string(), at: time })).readonly() })
  .meta({ id: 'MappingCorrections' });

export type CorrectionList = z.output<typeof correctionList>;

export const correctionKey = z.object({ detectionId: z.string().min(1).max(2048), techniqueId });
