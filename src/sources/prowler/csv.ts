import type { WorkContext } from '../../work-context.ts';
import { CsvRecords } from './csv-records.ts';
import { invalid, RESULTS_REMEDY } from './errors.ts';
import { addressesIn, requirementsOf, timeOf } from './result.ts';
import type { ProwlerResult } from './result.ts';
import { pieces } from './results-file.ts';
import type { ResultsFile } from './results-file.ts';

const DELIMITER = ';';
const MAX_ROW_CHARACTERS = 16 * 1024 * 1024;
/** Prowler writes some forty. */
const MAX_COLUMNS = 1000;

/** Without these there is no telling what was found where. */
const NEEDED = [
  'TIMESTAMP',
  'ACCOUNT_UID',
  'PROVIDER',
  'CHECK_ID',
  'STATUS',
  'MUTED',
  'SERVICE_NAME',
  'SEVERITY',
  'RESOURCE_UID',
  'REGION',
  'PROWLER_VERSION',
] as const;

/** The rows of a file, one by one; in memory are those of one piece of it. */
export async function* csvResults(
  results: ResultsFile,
  context: Pick<WorkContext, 'signal' | 'onProgress'>,
): AsyncGenerator<ProwlerResult> {
  const { file } = results;
  let header: Map<string, number> | undefined;
  let count = 0;
  for await (const { record, isLast } of records(results, context)) {
    if (header === undefined) {
      header = headerOf(file, record);
      continue;
    }
    count += 1;
    if (record.length !== header.size) {
      throw invalid(
        file,
        isLast
          ? `ends in the middle of row ${count}`
          : `has ${record.length} fields in row ${count}, where its header has ${header.size}`,
      );
    }
    yield resultOf(header, record, `row ${count}`);
  }
}

async function* records(
  results: ResultsFile,
  context: Pick<WorkContext, 'signal' | 'onProgress'>,
): AsyncGenerator<{ record: string[]; isLast: boolean }> {
  const reader = new CsvRecords(DELIMITER, MAX_ROW_CHARACTERS);
  // The header is none of the rows.
  let rows = -1;
  try {
    for await (const { text } of pieces(results, context)) {
      for (const record of reader.write(text.toString('utf8'))) {
        rows += 1;
        yield { record, isLast: false };
      }
    }
    for (const record of reader.end()) {
      rows += 1;
      yield { record, isLast: true };
    }
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof RangeError)) throw error;
    throw invalid(results.file, `${error.message} in row ${rows + 1}`);
  }
}

function headerOf(file: string, record: readonly string[]): Map<string, number> {
  if (record.length > MAX_COLUMNS)
    throw invalid(file, `has more than ${MAX_COLUMNS} columns`, RESULTS_REMEDY);
  const columns = record.map((name) => name.trim().toUpperCase());
  const missing = NEEDED.filter((name) => !columns.includes(name));
  if (missing.length === 0) {
    const twice = columns.find((name, index) => columns.indexOf(name) !== index);
    if (twice !== undefined) throw invalid(file, `has two columns ${twice}`);
    return new Map(columns.map((name, index) => [name, index]));
  }
  const other = [',', '\t', '|'].find(
    (delimiter) => columns.join(' ').split(delimiter).length > NEEDED.length,
  );
  if (other !== undefined && columns.join('').includes('CHECK_ID')) {
    throw invalid(
      file,
      `has its columns divided by ${JSON.stringify(other)}, not by ";"`,
      'Give the file as Prowler wrote it, or save it with semicolons between the columns.',
    );
  }
  if (missing.length > NEEDED.length / 2)
    throw invalid(file, "holds no results of Prowler's", RESULTS_REMEDY);
  throw invalid(
    file,
    `lacks the ${missing.length === 1 ? 'column' : 'columns'} ${missing.join(', ')}`,
    'Give the whole file of Prowler 4 or 5: its CSV of compliance, and those of earlier versions, are not read.',
  );
}

function resultOf(
  header: ReadonlyMap<string, number>,
  record: readonly string[],
  where: string,
): ProwlerResult {
  const cell = (name: string): string => {
    const index = header.get(name);
    return index === undefined ? '' : plain(record[index] as string);
  };
  return {
    where,
    provider: cell('PROVIDER'),
    accountId: cell('ACCOUNT_UID'),
    version: cell('PROWLER_VERSION'),
    time: timeOf(cell('TIMESTAMP')),
    checkId: cell('CHECK_ID'),
    service: cell('SERVICE_NAME'),
    status: cell('STATUS'),
    muted: cell('MUTED').toLowerCase() === 'true',
    severity: cell('SEVERITY'),
    region: cell('REGION'),
    resourceUid: cell('RESOURCE_UID'),
    resourceName: cell('RESOURCE_NAME'),
    resourceType: cell('RESOURCE_TYPE'),
    detail: cell('STATUS_EXTENDED'),
    describe: () => ({
      title: cell('CHECK_TITLE'),
      rationale: cell('RISK') || cell('DESCRIPTION') || null,
      remediation: cell('REMEDIATION_RECOMMENDATION_TEXT') || null,
      references: addressesIn([
        cell('REMEDIATION_RECOMMENDATION_URL'),
        cell('RELATED_URL'),
        ...cell('ADDITIONAL_URLS').split(' | '),
      ]),
      compliance: cell('COMPLIANCE')
        .split(' | ')
        .flatMap((entry) => {
          const end = entry.indexOf(': ');
          return end < 1 ? [] : requirementsOf(entry.slice(0, end), entry.slice(end + 2).split(', '));
        }),
    }),
  };
}

/** Without the apostrophe that keeps a spreadsheet from taking a text for a formula. */
function plain(cell: string): string {
  return /^'(?:[\t\r]|\s*[=+\-@])/.test(cell) ? cell.slice(1) : cell;
}
