import { z } from 'zod';
import { readYamlFile, yamlFilesIn } from '../config/yaml-files.ts';
import { VedetteError } from '../errors.ts';
import { MAPPINGS } from '../model/compliance.ts';
import { mostSimilar } from '../text/similar.ts';
import { builtInFrameworks } from './built-in.ts';
import type { Framework, RequirementRow } from './framework.ts';

const MOST_REQUIREMENTS = 5000;
const OTHERS = 'Requirements';
const REMEDY = 'Correct the file, or take it out of the folder that VEDETTE_FRAMEWORKS names.';

const word = (most: number) =>
  z.string({ error: 'expected text' }).trim().min(1, 'expected text').max(most, `at most ${most} characters`);

const frameworkFile = z.strictObject({
  id: word(64).regex(/^[a-z0-9][a-z0-9._-]*$/, 'small letters, digits, dots, dashes and underscores only'),
  name: word(200),
  version: word(64),
  publisher: word(200).default(''),
  note: word(2000).optional(),
  mapping: z.enum(MAPPINGS, { error: `expected ${MAPPINGS.join(' or ')}` }).default('published'),
  requirements: z
    .array(
      z.strictObject({
        id: word(64).regex(/^\S+$/, 'an id has no blanks'),
        title: word(500),
        section: word(200).default(OTHERS),
        remark: word(200).optional(),
        checks: z.array(word(255), { error: 'expected a list of checks' }).default([]),
      }),
      { error: 'expected a list of requirements' },
    )
    .min(1, 'expected at least one requirement')
    .max(MOST_REQUIREMENTS, `at most ${MOST_REQUIREMENTS} requirements`),
});

type FrameworkFile = z.output<typeof frameworkFile>;

/** What is wrong in a file, and where. */
interface Problem {
  path: readonly PropertyKey[];
  message: string;
}

/**
 * The frameworks that come with vedette, and those of a folder: each of its YAML files is one.
 *
 * @param folder undefined where there is none
 * @param catalogue the checks that they may name
 * @throws VedetteError `config-invalid` that names file, line and value of everything that is wrong
 */
export function loadFrameworks(
  folder: string | undefined,
  catalogue: ReadonlySet<string>,
): readonly Framework[] {
  if (folder === undefined) return builtInFrameworks;
  const all = [...builtInFrameworks];
  for (const file of yamlFilesIn(folder, REMEDY)) {
    const framework = readFramework(file, catalogue);
    const taken = all.some(({ id }) => id === framework.id);
    if (taken) throw refusal([`${file}: there is a framework ${framework.id} already`]);
    all.push(framework);
  }
  return all;
}

/** @throws VedetteError `usage` that names the frameworks there are. */
export function frameworkById(frameworks: readonly Framework[], id: string): Framework {
  const found = frameworks.find((framework) => framework.id === id);
  if (found !== undefined) return found;
  const ids = frameworks.map((framework) => framework.id);
  const meant = mostSimilar(id, ids);
  throw new VedetteError('usage', `There is no framework ${JSON.stringify(id)}.`, {
    remedy:
      meant === undefined
        ? `There are: ${ids.join(', ')}.`
        : `Did you mean ${meant}? vedette compliance list shows all.`,
  });
}

function readFramework(file: string, catalogue: ReadonlySet<string>): Framework {
  const read = readYamlFile(file, { isText: true, remedy: REMEDY });
  if ('problem' in read) throw refusal([read.problem]);
  const parsed = frameworkFile.safeParse(read.content);
  const problems = parsed.success ? problemsOf(parsed.data, catalogue) : parsed.error.issues;
  if (problems.length > 0)
    throw refusal(problems.map((problem) => `${read.at(problem.path)}: ${named(problem)}`));
  return frameworkOf(parsed.data as FrameworkFile);
}

/** What a schema cannot tell: ids that stand twice, and checks that there are none of. */
function problemsOf({ requirements }: FrameworkFile, catalogue: ReadonlySet<string>): Problem[] {
  const seen = new Set<string>();
  return requirements.flatMap(({ id, checks }, index) => {
    const twice = seen.has(id);
    seen.add(id);
    return [
      ...(twice
        ? [{ path: ['requirements', index, 'id'], message: `${JSON.stringify(id)} stands twice` }]
        : []),
      ...checks.flatMap((check, place) =>
        catalogue.has(check)
          ? []
          : [{ path: ['requirements', index, 'checks', place], message: unknownCheck(check, catalogue) }],
      ),
    ];
  });
}

function unknownCheck(check: string, catalogue: ReadonlySet<string>): string {
  const meant = mostSimilar(check, [...catalogue]);
  const hint = meant === undefined ? 'vedette check list shows all' : `did you mean ${meant}?`;
  return `there is no check ${JSON.stringify(check)}; ${hint}`;
}

function named({ path, message }: Problem): string {
  const name = path.map((part) => (typeof part === 'number' ? part + 1 : String(part))).join('.');
  return name === '' ? message : `${name}: ${message}`;
}

function frameworkOf({ requirements, mapping, note, ...rest }: FrameworkFile): Framework {
  // Called as whoever wrote the file wished, also `constructor`.
  const sections = new Map<string, RequirementRow[]>();
  const idsOf = new Map<string, string[]>();
  for (const { id, title, section, remark, checks } of requirements) {
    const row: RequirementRow = remark === undefined ? [id, title] : [id, title, remark];
    sections.set(section, [...(sections.get(section) ?? []), row]);
    for (const check of new Set(checks)) idsOf.set(check, [...(idsOf.get(check) ?? []), id]);
  }
  const table = Object.fromEntries([...idsOf].map(([check, ids]) => [check, ids.join(' ')]));
  const tables = mapping === 'own' ? { published: {}, own: table } : { published: table, own: {} };
  return {
    ...rest,
    ...(note === undefined ? {} : { note }),
    sections: Object.fromEntries(sections),
    ...tables,
  };
}

function refusal(problems: readonly string[]): VedetteError {
  return new VedetteError('config-invalid', `${problems.join('; ')}.`, { remedy: REMEDY });
}
