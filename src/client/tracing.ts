import { setTimeout as sleep } from 'node:timers/promises';
import type { Tracer } from '@opentelemetry/api';
import type { Resource } from '@opentelemetry/resources';
import type { SpanExporter, SpanProcessor } from '@opentelemetry/sdk-trace-node';
import type { WorkflowClientInterceptor } from '@temporalio/client';
import { packageVersion } from '../package-root.ts';
import type { Config } from '../settings.ts';

/** What spans are made with and where they go; the same for clients and workers. */
export interface Tracing {
  tracer: Tracer;
  processor: SpanProcessor;
  resource: Resource;
  /** Sends what is left; a collector that is away is not waited for. */
  stop(): Promise<void>;
}

const LAST_EXPORT_MS = 2000;

/** Loads nothing and gives undefined unless the variables of OpenTelemetry name a collector for traces. */
export async function startTracing({ telemetry }: Pick<Config, 'telemetry'>): Promise<Tracing | undefined> {
  const url = tracesUrl(telemetry);
  if (url === null) return undefined;
  const [
    { BatchSpanProcessor, NodeTracerProvider },
    { detectResources, envDetector, resourceFromAttributes },
  ] = await Promise.all([import('@opentelemetry/sdk-trace-node'), import('@opentelemetry/resources')]);
  const processor = new BatchSpanProcessor(await exporterTo(url, telemetry));
  const ours = { 'service.name': telemetry.serviceName, 'service.version': packageVersion() };
  const resource = resourceFromAttributes(ours).merge(detectResources({ detectors: [envDetector] }));
  const provider = new NodeTracerProvider({ resource, spanProcessors: [processor] });
  provider.register();
  return {
    tracer: provider.getTracer('vedette'),
    processor,
    resource,
    async stop() {
      const sent = provider.shutdown().catch(() => undefined);
      await Promise.race([sent, sleep(LAST_EXPORT_MS, undefined, { ref: false })]);
    },
  };
}

/** A run's trace begins where it is started. Other calls, such as those that follow it, would only fill it. */
export async function tracedStarts({ tracer }: Tracing): Promise<WorkflowClientInterceptor> {
  const { OpenTelemetryWorkflowClientInterceptor } =
    await import('@temporalio/interceptors-opentelemetry-v2');
  const everyCall = new OpenTelemetryWorkflowClientInterceptor({ tracer });
  return { startWithDetails: everyCall.startWithDetails.bind(everyCall) };
}

/** As the standard has it: the general variable names the base of all signals, the special one the very address. */
function tracesUrl(telemetry: Config['telemetry']): string | null {
  const { otlpEndpoint, tracesEndpoint, tracesExporter, otlpProtocol } = telemetry;
  if (tracesExporter === 'none') return null;
  if (tracesEndpoint !== undefined) return tracesEndpoint;
  if (otlpEndpoint === undefined) return null;
  return otlpProtocol === 'grpc' ? otlpEndpoint : `${otlpEndpoint.replace(/\/+$/, '')}/v1/traces`;
}

async function exporterTo(url: string, telemetry: Config['telemetry']): Promise<SpanExporter> {
  const { otlpProtocol, otlpHeaders } = telemetry;
  if (otlpProtocol === 'http/protobuf') {
    const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-proto');
    return new OTLPTraceExporter({ url, headers: otlpHeaders });
  }
  const [{ OTLPTraceExporter }, { Metadata }] = await Promise.all([
    import('@opentelemetry/exporter-trace-otlp-grpc'),
    import('@grpc/grpc-js'),
  ]);
  const metadata = new Metadata();
  for (const [name, value] of Object.entries(otlpHeaders)) metadata.set(name, value);
  return new OTLPTraceExporter({ url, metadata });
}
