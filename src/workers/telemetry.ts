import type { TelemetryOptions } from '@temporalio/worker';
import { METRICS } from '../model/metrics.ts';
import type { Config } from '../settings.ts';

/** Seconds: from a quick clean-up to a scan that takes half a day. */
const STEP_BUCKETS = [0.1, 0.5, 1, 5, 15, 60, 300, 900, 1800, 3600, 7200, 14_400, 43_200];
const histogramBucketOverrides = { [METRICS.steps]: STEP_BUCKETS };
const EXPORT_INTERVAL = '10s';

/** Metrics to Prometheus or to an OpenTelemetry collector; Temporal's runtime can serve one of them. */
export function telemetryOptions({ worker, telemetry }: Config): TelemetryOptions {
  const { metricsAddress } = worker;
  const { otlpEndpoint, otlpProtocol, otlpHeaders, metricsExporter } = telemetry;
  if (metricsAddress !== undefined) {
    const prometheus = {
      bindAddress: metricsAddress,
      useSecondsForDurations: true,
      histogramBucketOverrides,
    };
    return { metrics: { prometheus } };
  }
  if (otlpEndpoint === undefined || metricsExporter === 'none') return {};
  const http = otlpProtocol === 'http/protobuf';
  return {
    metrics: {
      otel: {
        // As the standard has it, the variable names the base of all signals.
        url: http ? `${otlpEndpoint.replace(/\/+$/, '')}/v1/metrics` : otlpEndpoint,
        http,
        headers: otlpHeaders,
        metricsExportInterval: EXPORT_INTERVAL,
        useSecondsForDurations: true,
        histogramBucketOverrides,
      },
    },
  };
}
