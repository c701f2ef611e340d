import { z } from 'zod';
import { secret, setting } from '../config/setting.ts';
import { choice, headers, integer, list, listenAddress, numbersByName, text } from '../config/types.ts';

export const workerSettings = {
  concurrency: setting(
    'VEDETTE_WORKER_CONCURRENCY',
    integer(100, { min: 1, max: 1000 }),
    'Steps that one worker process works on at a time, and scans of each source; a scan can take hundreds of megabytes.',
  ),
  scanConcurrency: setting(
    'VEDETTE_WORKER_SCANS',
    numbersByName,
    'Scans of single sources that one worker process works on at a time, where VEDETTE_WORKER_CONCURRENCY does not ' +
      'suit them: `source=number`, comma-separated.',
  ),
  sources: setting(
    'VEDETTE_WORKER_SOURCES',
    list,
    'Sources that a worker scans with, comma-separated; default is all. It does the other steps of every source.',
  ),
  deployment: setting(
    'VEDETTE_DEPLOYMENT',
    text.pipe(
      z
        .string()
        .regex(/^[\w-]{1,100}$/, 'expected letters, digits, _ and -')
        .optional(),
    ),
    'Worker deployment of Temporal that a worker belongs to: then a run is finished by workers of the build that ' +
      'began it. Without it workers are not versioned.',
  ),
  buildId: setting(
    'VEDETTE_BUILD_ID',
    text,
    "A worker's build within VEDETTE_DEPLOYMENT; default is the version of vedette.",
  ),
  metricsAddress: setting(
    'VEDETTE_METRICS_ADDRESS',
    listenAddress,
    'Where a worker serves metrics to Prometheus, `host:port`; a port alone is on the loopback interface.',
  ),
  healthAddress: setting(
    'VEDETTE_HEALTH_ADDRESS',
    listenAddress,
    'Where a worker tells whether it works, `host:port`; a port alone is on the loopback interface.',
  ),
};

export const telemetrySettings = {
  otlpEndpoint: setting(
    'OTEL_EXPORTER_OTLP_ENDPOINT',
    text,
    "OpenTelemetry collector for runs' traces and workers' metrics; VEDETTE_METRICS_ADDRESS goes first for metrics.",
  ),
  tracesEndpoint: setting(
    'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
    text,
    'Where traces go instead; taken as it is, so with `/v1/traces` for http/protobuf.',
  ),
  otlpProtocol: setting(
    'OTEL_EXPORTER_OTLP_PROTOCOL',
    choice(['http/protobuf', 'grpc'], 'http/protobuf'),
    'How to speak to the collector.',
  ),
  otlpHeaders: secret(
    'OTEL_EXPORTER_OTLP_HEADERS',
    headers,
    'Headers for the collector, `name=value`, comma-separated.',
  ),
  tracesExporter: setting(
    'OTEL_TRACES_EXPORTER',
    choice(['otlp', 'none'], 'otlp'),
    'Whether traces go to the collector.',
  ),
  metricsExporter: setting(
    'OTEL_METRICS_EXPORTER',
    choice(['otlp', 'none'], 'otlp'),
    'Whether metrics go to the collector.',
  ),
  serviceName: setting(
    'OTEL_SERVICE_NAME',
    text.pipe(z.string().default('vedette')),
    'What traces call this service.',
  ),
};
