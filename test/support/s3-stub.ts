import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface StubObject {
  content: Buffer;
  storageClass?: string;
  /** Answers with this error instead of the content, as often; for ever where it is not said. */
  fault?: { status: number; code: string; times?: number };
}

/** Objects by key, in the order of S3: a map, or whatever can find them without holding them. */
export interface StubBucket {
  /** At most `limit` keys after this one that begin with the prefix, in order. */
  keys: (prefix: string, after: string, limit: number) => string[];
  get: (key: string) => StubObject | undefined;
}

export interface S3Stub {
  url: string;
  bucket: StubBucket;
  /** Requests since the start: `GET key`, `LIST`. */
  requests: string[];
  stop: () => Promise<void>;
}

const ACCOUNT = '123456789012';

/** Just enough of S3 and STS for a scan: lists, ranges, If-Match, and errors. */
export async function startS3Stub(bucket: StubBucket, { keepsRequests = true } = {}): Promise<S3Stub> {
  const requests: string[] = [];
  const stub = { bucket, requests };
  const server = createServer((request, response) => {
    answer(stub, request, response, keepsRequests);
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return Object.assign(stub, {
    url: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}

export function bucketOf(objects: Map<string, StubObject>): StubBucket {
  return {
    keys: (prefix, after, limit) =>
      [...objects.keys()]
        .filter((key) => key.startsWith(prefix) && Buffer.compare(Buffer.from(key), Buffer.from(after)) > 0)
        .toSorted((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)))
        .slice(0, limit),
    get: (key) => objects.get(key),
  };
}

function etagOf({ content }: StubObject): string {
  return `"${createHash('md5').update(content).digest('hex')}"`;
}

function answer(
  { bucket, requests }: Pick<S3Stub, 'bucket' | 'requests'>,
  request: IncomingMessage,
  response: ServerResponse,
  keepsRequests: boolean,
): void {
  const url = new URL(request.url ?? '/', 'http://stub');
  request.resume();
  if (request.method === 'POST') {
    respond(
      response,
      200,
      `<GetCallerIdentityResponse><GetCallerIdentityResult><Account>${ACCOUNT}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`,
    );
    return;
  }
  if (url.searchParams.has('list-type')) {
    if (keepsRequests) requests.push('LIST');
    list(bucket, url.searchParams, response);
    return;
  }
  const key = decodeURIComponent(url.pathname.replace(/^\/[^/]+\//, ''));
  if (keepsRequests) requests.push(`GET ${key}`);
  const object = bucket.get(key);
  if (object === undefined) return error(response, 404, 'NoSuchKey');
  const { fault, content } = object;
  if (fault !== undefined && fault.times !== 0) {
    if (fault.times !== undefined) fault.times -= 1;
    return error(response, fault.status, fault.code);
  }
  const etag = etagOf(object);
  const wanted = request.headers['if-match'];
  if (wanted !== undefined && wanted !== etag) return error(response, 412, 'PreconditionFailed');
  const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? [];
  const part = from === undefined ? content : content.subarray(Number(from), Number(to) + 1);
  response.writeHead(from === undefined ? 200 : 206, { etag, 'content-length': part.length });
  response.end(part);
}

function list(bucket: StubBucket, parameters: URLSearchParams, response: ServerResponse): void {
  const most = Number(parameters.get('max-keys') ?? 1000);
  const keys = bucket.keys(parameters.get('prefix') ?? '', parameters.get('start-after') ?? '', most + 1);
  const contents = keys.slice(0, most).map((key) => {
    const object = bucket.get(key) as StubObject;
    const { content, storageClass = 'STANDARD' } = object;
    return `<Contents><Key>${escaped(key)}</Key><ETag>${escaped(etagOf(object))}</ETag><Size>${content.length}</Size><StorageClass>${storageClass}</StorageClass></Contents>`;
  });
  respond(
    response,
    200,
    `<ListBucketResult><IsTruncated>${keys.length > most}</IsTruncated>${contents.join('')}</ListBucketResult>`,
  );
}

function error(response: ServerResponse, status: number, code: string): void {
  respond(response, status, `<Error><Code>${code}</Code><Message>${code}</Message></Error>`);
}

function respond(response: ServerResponse, status: number, xml: string): void {
  response.writeHead(status, { 'content-type': 'application/xml' });
  response.end(`<?xml version="1.0" encoding="UTF-8"?>${xml}`);
}

function escaped(text: string): string {
  return text.replace(/[&<>"\u0000-\u001f]/g, (character) => `&#${character.charCodeAt(0)};`);
}
