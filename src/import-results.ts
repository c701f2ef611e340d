import { createHash } from 'node:crypto';
import { recordCompliance } from './compliance/record.ts';
import { reportOf } from './errors.ts';
import type { ScanOutcome } from './model/scan.ts';
import { notifyScan } from './notify/notify-scan.ts';
import { openFileOfFolder } from './regular-file.ts';
import { sourceConfig } from './settings.ts';
import type { Config } from './settings.ts';
import type { Source } from './sources/source.ts';
import type { Store } from './store/database/store.ts';
import { persistScan } from './store/scans/persist.ts';
import { resolveEvents } from './store/scans/resolve.ts';
import type { WorkContext } from './work-context.ts';

/**
 * Takes one results file through the pipeline in this process: parse, persist, resolve, notify. A message that
 * cannot be sent is a warning; the next scan's message carries its events.
 *
 * @throws VedetteError `results-missing`, `results-invalid` or a failure of the database; nothing is stored then.
 */
export async function importResults(
  file: string,
  source: Source,
  { store, config }: { store: Store; config: Config },
  context: WorkContext,
): Promise<ScanOutcome> {
  const { organizationId } = config.general;
  const resultsSha256 = await sha256Of(file, context.signal);
  const identity = { organizationId, runId: null, profile: null, resultsSha256 };
  const persisted = await persistScan(
    store,
    source.interpret(file, context, sourceConfig(config, source)),
    identity,
    context,
  );
  if (persisted.status === 'duplicate') return persisted;
  const resolved = await resolveEvents(store, persisted.scanId, context);
  const outcome = await recordCompliance(
    store,
    resolved,
    () => source.compliance?.(sourceConfig(config, source)),
    context,
  );
  try {
    const { notified, warning } = await notifyScan(
      store,
      config,
      { organizationId, scanId: persisted.scanId, initial: false },
      context,
    );
    return {
      ...outcome,
      notified,
      warnings: warning === null ? outcome.warnings : [...outcome.warnings, warning],
    };
  } catch (error) {
    const { message, remedy } = reportOf(error);
    return { ...outcome, warnings: [...outcome.warnings, `No e-mail was sent: ${message} ${remedy}`] };
  }
}

/** Lower-case hex; of nothing for a file that cannot be read: `interpret` names it, and knows what to say of it. */
async function sha256Of(file: string, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  const opened = await openFileOfFolder(file).catch(() => ({ problem: 'cannot be read' }));
  if ('handle' in opened) {
    const content = opened.handle.createReadStream({ highWaterMark: 1 << 20, signal });
    for await (const chunk of content) hash.update(chunk as Buffer);
  }
  return hash.digest('hex');
}
