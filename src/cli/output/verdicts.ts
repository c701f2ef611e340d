import type { Verdict } from '../../sources/checks/evaluate.ts';
import { renderList } from './render.ts';
import type { OutputOptions } from './render.ts';

/** Prints verdicts while they are made, with their keys in the documented order. */
export async function renderVerdicts(
  options: OutputOptions,
  verdicts: AsyncIterable<Verdict>,
  isWanted: (verdict: Verdict) => boolean,
): Promise<void> {
  async function* rows() {
    for await (const verdict of verdicts) if (isWanted(verdict)) yield documented(verdict);
  }
  await renderList(options, {
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
  });
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
