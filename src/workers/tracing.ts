import { createRequire } from 'node:module';
import type { OpenTelemetrySinks, SerializableSpan } from '@temporalio/interceptors-opentelemetry-v2';
import type { ActivityInterceptorsFactory, InjectedSinks } from '@temporalio/worker';
import type { WorkflowInfo } from '@temporalio/workflow';
import type { Tracing } from '../client/tracing.ts';

/** What makes the spans of workflows, inside their sandbox. */
export function workflowTracingModule(): string {
  const { resolve } = createRequire(import.meta.url);
  return resolve('@temporalio/interceptors-opentelemetry-v2/lib/workflow-interceptors');
}

/** Whoever follows a run asks it twice a second. */
const QUERY_SPAN = /^HandleQuery:/;

/** What a worker needs so that workflows and activities become spans of the trace that their run began. */
export async function workerTracing({ tracer, processor, resource }: Tracing): Promise<{
  sinks: InjectedSinks<OpenTelemetrySinks>;
  interceptActivity: ActivityInterceptorsFactory[];
}> {
  const { makeWorkflowExporter, OpenTelemetryActivityInboundInterceptor } =
    await import('@temporalio/interceptors-opentelemetry-v2');
  const exporter = makeWorkflowExporter(processor, resource);
  const wanted = (spans: SerializableSpan[]) => spans.filter(({ name }) => !QUERY_SPAN.test(name));
  const send = (info: WorkflowInfo, spans: SerializableSpan[]) =>
    exporter.export.fn(namesOf(info), wanted(spans));
  return {
    sinks: { exporter: { export: { fn: send } } },
    interceptActivity: [
      (context) => ({ inbound: new OpenTelemetryActivityInboundInterceptor(context, { tracer }) }),
    ],
  };
}

/** Becomes attributes of the span; the rest holds results of earlier runs, memos and the like. */
function namesOf({ workflowId, runId, workflowType, taskQueue, namespace }: WorkflowInfo): WorkflowInfo {
  return { workflowId, runId, workflowType, taskQueue, namespace } as WorkflowInfo;
}
