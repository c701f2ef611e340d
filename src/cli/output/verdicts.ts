import { Option } from 'commander';
import type { Verdict } from '../../sources/checks/evaluate.ts';
import type { Judged } from '../../sources/checks/interpret.ts';
import { OUTPUT_FORMATS, renderList } from './render.ts';
import type { OutputOptions } from './render.ts';

export interface VerdictOutput extends Omit<OutputOptions, 'output'> {
  output: OutputOptions['output'] | 'ocsf';
}

/** As for other lists; and `ocsf`, a Compliance Finding on each line. */
export function verdictOutputOption(): Option {
  return new Option('-o, --output <format>', 'how to print the result')
    .choices([...OUTPUT_FORMATS, 'ocsf'])
    .default('table');
}

/** Prints verdicts while they are made, with their keys in the documented order. */
export async function renderVerdicts(
  { output, ...options }: VerdictOutput,
  judged: Judged,
  isWanted: (verdict: Verdict) => boolean,
): Promise<void> {
  async function* wanted() {
    for await (const verdict of judged.verdicts) if (isWanted(verdict)) yield verdict;
  }
  async function* rows() {
    for await (const verdict of wanted()) yield documented(verdict);
  }
  if (output === 'ocsf') {
    const lines = {
      rows: ocsfFindings(judged, wanted()),
      columns: [],
      json: (all: unknown) => all,
      empty: '',
    };
    return renderList({ output: 'jsonl' }, lines);
  }
  await renderList(
    { ...options, output },
    {
      rows: rows(),
      columns: [
        { header: 'VERDICT', value: (verdict) => verdict.verdict },
        { header: 'SERVICE', value: (verdict) => verdict.service },
        { header: 'REGION', value: (verdict) => verdict.region },
        { header: 'CHECK', value: (verdict) => verdict.checkId },
        { header: 'RESOURCE', value: (verdict) => verdict.resourceId },
        { header: 'REASON', value: (verdict) => verdict.reason },
      ],
      json: (all) => ({ verdicts: all }),
      empty: 'No verdicts.',
    },
  );
}

async function* ocsfFindings({ head, checks }: Judged, verdicts: AsyncIterable<Verdict>) {
  const { ocsfVerdict } = await import('../../report/ocsf.ts');
  const { source, accountId, startedAt: seenAt } = head;
  const byId = new Map(checks.map((check) => [check.id, check]));
  for await (const verdict of verdicts) {
    const { title, level } = byId.get(verdict.checkId) ?? { title: verdict.checkId, level: 'info' as const };
    yield ocsfVerdict({ ...verdict, source, accountId, seenAt, title, level });
  }
}

function documented(verdict: Verdict) {
  const {
    checkId,
    verdict: said,
    service,
    region,
    resourceId,
    resourceArn,
    resourceName,
    resourceType,
  } = verdict;
  const { reason } = verdict;
  return {
    checkId,
    verdict: said,
    service,
    region,
    resourceId,
    resourceArn,
    resourceName,
    resourceType,
    reason,
  };
}
