import { z } from 'zod';
import { LEVELS } from '../../../model/level.ts';
import { ALL_DETECTORS } from './all.ts';
import { maskAllBut } from './detector.ts';
import type { Detector } from './detector.ts';
import { Pattern } from './pattern/pattern.ts';
import { luhn, mod97 } from './validators.ts';

/** What a custom detector may have checked, by name. */
const VALIDATORS = { luhn, mod97 } as const;

/** Of a custom detector: of its pattern, of a match, of its keywords. */
export const CUSTOM_LIMITS = {
  pattern: 512,
  match: 512,
  keywords: 50,
  keyword: 64,
  title: 100,
  detectors: 50,
} as const;

const definition = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9_]{1,47}$/, 'expected lower-case letters, digits and _'),
  title: z.string().min(1).max(CUSTOM_LIMITS.title).optional(),
  level: z.enum(LEVELS).default('medium'),
  pattern: z
    .string()
    .min(1)
    .max(CUSTOM_LIMITS.pattern)
    .transform((source, context) => {
      try {
        const pattern = new Pattern(source, CUSTOM_LIMITS.match);
        pattern.prepare();
        return pattern;
      } catch (error) {
        context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : String(error) });
        return z.NEVER;
      }
    }),
  keywords: z.array(z.string().min(1).max(CUSTOM_LIMITS.keyword)).max(CUSTOM_LIMITS.keywords).default([]),
  validator: z.enum(Object.keys(VALIDATORS) as [keyof typeof VALIDATORS]).optional(),
});

/** Detectors that the configuration defines: YAML, or JSON as text. */
export const customDetectors = z.preprocess(
  (value) => (typeof value === 'string' ? parsed(value) : value),
  z
    .array(definition)
    .max(CUSTOM_LIMITS.detectors)
    .default([])
    .transform((all, context): readonly Detector[] => {
      const taken = new Set(ALL_DETECTORS.map(({ id }) => id).concat('all'));
      for (const { id } of all) {
        if (taken.has(id))
          context.addIssue({ code: 'custom', message: `there are two detectors named ${id}` });
        taken.add(id);
      }
      return all.map(detectorOf);
    }),
);

function parsed(text: string): unknown {
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function detectorOf({
  id,
  title,
  level,
  pattern,
  keywords,
  validator,
}: z.output<typeof definition>): Detector {
  return {
    id,
    title: title ?? id,
    level,
    rules: [`What the pattern \`${pattern.source}\` matches, at most ${CUSTOM_LIMITS.match} bytes.`],
    finder: {
      by: 'pattern',
      pattern,
      keywords: keywords.map((keyword) => keyword.toLowerCase()),
      ...(validator === undefined ? {} : { validate: VALIDATORS[validator] }),
    },
    mask: (match) => maskAllBut(match.length > 8 ? 4 : 0, match),
    examples: { positive: [], benign: [] },
  };
}
