import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import protobuf from 'protobufjs';

/** As much of OpenTelemetry's `trace.proto` as the tests look at. */
const TRACES = protobuf
  .parse(`
  syntax = "proto3";
  message Request { repeated ResourceSpans resource_spans = 1; }
  message ResourceSpans { Resource resource = 1; repeated ScopeSpans scope_spans = 2; }
  message Resource { repeated KeyValue attributes = 1; }
  message ScopeSpans { repeated Span spans = 2; }
  message Span {
    bytes trace_id = 1; bytes span_id = 2; bytes parent_span_id = 4; string name = 5;
    repeated KeyValue attributes = 9; repeated Event events = 11; Status status = 15;
  }
  message Event { string name = 2; repeated KeyValue attributes = 3; }
  message Status { string message = 2; int32 code = 3; }
  message KeyValue { string key = 1; Value value = 2; }
  message Value { string string_value = 1; }
`)
  .root.lookupType('Request');

export interface ReceivedSpan {
  traceId: string;
  spanId: string;
  /** Empty for the first one of a trace. */
  parentSpanId: string;
  name: string;
  service: string;
  attributes: Record<string, string>;
  failed: boolean;
}

export interface OtlpCollector {
  url: string;
  spans: ReceivedSpan[];
  /** Headers of each request for traces. */
  headers: Record<string, unknown>[];
  /** Everything that came, as text. */
  raw(): string;
  stop(): void;
}

interface KeyValue {
  key: string;
  value?: { stringValue?: string };
}
interface Span {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  attributes: KeyValue[];
  status?: { code?: number };
}

/** Takes OTLP/HTTP with protobuf, and keeps what comes to `/v1/traces`. */
export async function startOtlpCollector(): Promise<OtlpCollector> {
  const spans: ReceivedSpan[] = [];
  const headers: Record<string, unknown>[] = [];
  const bodies: Buffer[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      if (request.url === '/v1/traces') {
        headers.push(request.headers);
        bodies.push(body);
        spans.push(...spansOf(body));
      }
      response.end();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    headers,
    raw: () => Buffer.concat(bodies).toString(),
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}

function spansOf(body: Buffer): ReceivedSpan[] {
  const { resourceSpans } = TRACES.toObject(TRACES.decode(body), { bytes: String, arrays: true }) as {
    resourceSpans: { resource: { attributes: KeyValue[] }; scopeSpans: { spans: Span[] }[] }[];
  };
  return resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ spans }) =>
      spans.map(({ attributes, status, parentSpanId = '', ...rest }) => ({
        ...rest,
        parentSpanId,
        service: valuesOf(resource.attributes)['service.name'] ?? '',
        attributes: valuesOf(attributes),
        failed: status?.code === 2,
      })),
    ),
  );
}

function valuesOf(attributes: readonly KeyValue[]): Record<string, string> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, value?.stringValue ?? '']));
}
