import { Command } from 'commander';
import type { Observation, ObservedEvent, ObservedFinding, ScanFacts } from '../../model/observation.ts';
import { describeScope } from '../../model/scope.ts';
import type { DescribedScope } from '../../model/scope.ts';
import { keepHeapSmall } from '../../processes/heap.ts';
import { openContext } from '../command-context.ts';
import { outputOption } from '../options.ts';
import type { LoadSources } from '../sources.ts';

interface ParseOptions {
  output: 'json' | 'jsonl';
  source?: string;
}

export function parseCommand(loadSources: LoadSources): Command {
  return new Command('parse')
    .description('turn a results file into normalised JSON; touches no database and no server')
    .argument('<file>', 'a results file')
    .addOption(outputOption(['json', 'jsonl']).default('json'))
    .option('--source <source>', 'whose file it is, where the file itself does not tell')
    .addHelpText(
      'after',
      `
Examples:
  $ vedette parse results.js
  $ vedette parse results.js -o jsonl | jq 'select(.kind == "event")'`,
    )
    .action(async (file: string, { output, source }: ParseOptions, command: Command) => {
      keepHeapSmall();
      const { config, logger, signal } = await openContext(command);
      const [{ sourceConfig }, { readerOf, readersOf }] = await Promise.all([
        import('../../settings.ts'),
        import('../../sources/results-files.ts'),
      ]);
      const reader = await readerOf(readersOf(await loadSources(), source), file);
      const observations = reader.interpret(
        file,
        { signal, logger, onProgress: () => undefined },
        sourceConfig(config, reader),
      );
      if (output === 'jsonl') return printLines(observations);
      const { renderJson } = await import('../output/render.ts');
      renderJson(await collect(observations));
    });
}

type DescribedFacts = ScanFacts & { scope: DescribedScope };

/** What `parse -o json` prints. */
export interface ParsedResults {
  scan: DescribedFacts | null;
  findings: readonly ObservedFinding[];
  events: readonly ObservedEvent[];
}

export async function collect(observations: AsyncIterable<Observation>): Promise<ParsedResults> {
  let scan: DescribedFacts | null = null;
  const findings: ObservedFinding[] = [];
  const events: ObservedEvent[] = [];
  for await (const observation of observations) {
    if (observation.kind === 'scan') scan = described(observation.scan);
    else if (observation.kind === 'finding') findings.push(observation.finding);
    else if (observation.kind === 'event') events.push(observation.event);
  }
  return { scan, findings, events };
}

/** One object a line, flat, as it is read: memory stays bounded. */
async function printLines(observations: AsyncIterable<Observation>): Promise<void> {
  const [{ writeAll }, { jsonText }] = await Promise.all([
    import('../output/write.ts'),
    import('../../text/json.ts'),
  ]);
  await writeAll(
    (async function* lines() {
      for await (const observation of observations) yield `${jsonText(flat(observation))}\n`;
    })(),
  );
}

function flat(observation: Observation): object {
  switch (observation.kind) {
    case 'scan':
      return { kind: 'scan', ...described(observation.scan) };
    case 'finding':
      return { kind: 'finding', ...observation.finding };
    case 'event':
      return { kind: 'event', ...observation.event };
    case 'coverage':
      return { kind: 'coverage', ...observation.coverage };
    case 'detection':
      // Its own kind has a name beside that of the line.
      return { ...observation.detection, kind: 'detection', detectionKind: observation.detection.kind };
  }
}

function described(scan: ScanFacts): DescribedFacts {
  return { ...scan, scope: describeScope(scan.scope) };
}
