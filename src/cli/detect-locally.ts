import { CONTENT_LIMITS } from '../sources/s3-data/content/scan-content.ts';
import { detectorSet } from '../sources/s3-data/detectors/detector-set.ts';
import { scanLocalFiles } from '../sources/s3-data/local-files.ts';
import type { LocalResult } from '../sources/s3-data/local-files.ts';
import { printable } from '../text/printable.ts';
import type { CommandContext } from './command-context.ts';
import { renderList } from './output/render.ts';
import type { OutputOptions } from './output/render.ts';
import { tell } from './output/write.ts';

/** Prints what detectors find in local files while they find it, and tells on stderr what they could not look at. */
export async function detectLocally(
  paths: readonly string[],
  { detectors, ...output }: OutputOptions & { detectors?: readonly string[] },
  { config, signal }: CommandContext,
): Promise<{ found: number; failed: number }> {
  const settings = config['s3-data'];
  const set = detectorSet(detectors ?? settings.detectors, settings.custom);
  const limits = { ...CONTENT_LIMITS, ratio: settings.maxRatio };
  const total = { files: 0, bytes: 0, found: 0, failed: 0, skipped: 0 };
  async function* rows() {
    for await (const result of scanLocalFiles(paths, { set, limits, signal, maxMatches: Infinity })) {
      if (result.kind === 'match') yield documented(result);
      else if (result.kind === 'problem') {
        total[result.problem] += 1;
        const place = result.member === null ? result.file : `${result.file}!${result.member}`;
        tell(`${result.problem}: ${printable(place)}: ${printable(result.reason)}`);
      } else {
        total.files += 1;
        total.bytes += result.bytes;
        total.found += result.matches;
      }
    }
  }
  await renderList(output, {
    rows: rows(),
    columns: [
      { header: 'DETECTOR', value: ({ detector }) => detector },
      { header: 'FILE', value: ({ file, member }) => (member === null ? file : `${file}!${member}`) },
      { header: 'BYTE', value: (row) => String(row.byte_offset) },
      { header: 'MATCH', value: (row) => row.masked_match },
      { header: 'CONTEXT', value: ({ context }) => context },
    ],
    json: (all) => all,
    empty: 'Nothing was found.',
  });
  const problems = [
    total.failed > 0 ? `${total.failed} failed` : '',
    total.skipped > 0 ? `${total.skipped} skipped` : '',
  ];
  tell(
    [
      `${total.files} files, ${(total.bytes / 1e6).toFixed(1)} MB, ${total.found} matches`,
      ...problems.filter((text) => text !== ''),
    ].join(', '),
  );
  return total;
}

/** With the documented names, in their order. */
function documented({ file, match }: Extract<LocalResult, { kind: 'match' }>) {
  return {
    file,
    member: match.member,
    detector: match.detector.id,
    byte_offset: match.offset,
    length: match.length,
    masked_match: match.maskedMatch,
    context: match.context,
  };
}
