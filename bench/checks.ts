import { createReadStream, createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { ClientClass } from '../src/aws/clients.ts';
import { startSimulatedAccounts } from '../src/cli/demo/simulated-aws.ts';
import type { SnapshotLine } from '../src/collect/snapshot.ts';
import { loadConfig } from '../src/settings.ts';
import { allChecks } from '../src/sources/checks/all-checks.ts';
import { checks } from '../src/sources/checks/index.ts';
import { createWorld, end, isRunning } from '../test/chaos/world.ts';
import type { World } from '../test/chaos/world.ts';
import { collectWhole } from '../test/support/collect-whole.ts';
import { workContext } from '../test/support/stores.ts';
import { inFolder, round, timed, vedette } from './harness.ts';
import type { Figures, Sizes } from './harness.ts';

const ACCOUNT = {
  profile: 'acme-production',
  accountId: '111111111111',
  prefix: 'acme',
  regions: ['us-east-1', 'eu-west-1'],
} as const;
/** Those that every account has from the start. */
const REGIONS = (
  'us-east-1 eu-west-1 us-east-2 us-west-1 us-west-2 eu-central-1 eu-west-2 eu-west-3 eu-north-1 ' +
  'ca-central-1 sa-east-1 ap-south-1 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-southeast-1 ap-southeast-2'
).split(' ');
const IN_FLIGHT = 32;
const KEYS = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'testing' };
const START_TIMEOUT_MS = 60_000;

/**
 * A deep scan of a simulated account by our own checks, in 2 and in 17 regions, beside the bare SDK making the same calls;
 * then judging what it left, and snapshots of more resources. Calls are requests, each attempt by itself.
 */
export async function run({ items }: Sizes): Promise<Figures> {
  return inFolder(async (folder) => {
    const { signal } = new AbortController();
    const home = loadConfig().config.general.home;
    const files = join(folder, 'aws');
    const simulation = await startSimulatedAccounts(home, {
      accounts: [ACCOUNT],
      folder: files,
      onProgress: () => undefined,
      signal,
    });
    try {
      await simulation.seed(1);
      const endpoint = /endpoint_url = (\S+)/.exec(readFileSync(simulation.configFile, 'utf8'))?.[1] ?? '';
      const figures: Figures = { checks: allChecks.length };
      let snapshot = '';
      for (const count of [2, REGIONS.length]) {
        const own = join(folder, `of-${count}`);
        mkdirSync(own);
        const { file, ...bare } = await besideTheSdk(endpoint, REGIONS.slice(0, count), own);
        const whole = await wholeScans(simulation, REGIONS.slice(0, count));
        figures[`${count} regions`] = {
          ...bare,
          ...whole,
          'times the bare SDK': round(Number(whole['scan again, seconds']) / bare['bare SDK again, seconds']),
        };
        snapshot = file;
      }
      figures['judging it'] = await judged(snapshot);
      for (const resources of [items / 100, items / 10]) {
        const larger = join(folder, 'larger.jsonl.gz');
        const found = await enlarge(snapshot, larger, resources);
        figures[`judging ${found} resources`] = await judged(larger);
      }
      return figures;
    } finally {
      await simulation.stop();
    }
  });
}

interface SentCall {
  clientClass: ClientClass<never>;
  region: string;
  command: { constructor: new (input: unknown) => unknown; input: unknown };
}

type Client = {
  send(command: unknown, ...more: unknown[]): Promise<unknown>;
  config: { region(): Promise<string> };
};

/** Collects in this process while it listens, and sends the same again with nothing around it. */
async function besideTheSdk(endpoint: string, regions: readonly string[], folder: string) {
  const sent: SentCall[] = [];
  let requests = 0;
  const { S3Client } = await import('@aws-sdk/client-s3');
  const prototype = Object.getPrototypeOf(S3Client.prototype) as Client;
  const send = Object.getOwnPropertyDescriptor(prototype, 'send')?.value as Client['send'];
  const handle = Object.getOwnPropertyDescriptor(NodeHttpHandler.prototype, 'handle')
    ?.value as NodeHttpHandler['handle'];
  prototype.send = async function (this: Client, command, ...more) {
    const call = { clientClass: this.constructor, region: await this.config.region(), command };
    sent.push(call as unknown as SentCall);
    return send.call(this, command, ...more);
  };
  NodeHttpHandler.prototype.handle = function (...parts) {
    requests += 1;
    return handle.apply(this, parts);
  };
  let file = '';
  let seconds: number;
  try {
    seconds = await timed(async () => {
      file = await collectWhole(checks, inputOf(endpoint, regions, folder), workContext());
    });
  } finally {
    prototype.send = send;
    NodeHttpHandler.prototype.handle = handle;
  }
  const first = await timed(() => replay(sent, endpoint));
  return {
    file,
    calls: requests,
    'collecting, seconds': round(seconds),
    'bare SDK, seconds': round(first),
    'bare SDK again, seconds': round(await timed(() => replay(sent, endpoint))),
  };
}

function inputOf(endpoint: string, regions: readonly string[], folder: string) {
  return {
    settings: {
      depth: 'deep' as const,
      timeoutMs: 600_000,
      folder: undefined,
      frameworksFolder: undefined,
      parameters: {},
    },
    home: folder,
    target: { kind: 'aws-profile' as const, name: ACCOUNT.profile, accountId: null },
    access: {
      credentials: async () => KEYS,
      region: null,
      endpoint,
      profile: null,
      environment: async () => ({}),
      explain: (cause: unknown) => cause as never,
    },
    options: { services: [], regions, initial: false },
    folder: join(folder, 'collected'),
  };
}

async function replay(sent: readonly SentCall[], endpoint: string): Promise<void> {
  const clients = new Map<string, Client>();
  const waiting = [...sent];
  const lane = async (): Promise<void> => {
    for (let call = waiting.shift(); call !== undefined; call = waiting.shift()) {
      const { clientClass, region, command } = call;
      // It puts the account before the host, which an address does not have.
      if (clientClass.name === 'S3ControlClient') continue;
      const key = `${clientClass.name} ${region}`;
      const settings = { region, endpoint, credentials: KEYS, forcePathStyle: true };
      const client = clients.get(key) ?? new clientClass(settings);
      clients.set(key, client);
      const CommandClass = command.constructor;
      await client.send(new CommandClass(command.input)).catch(() => undefined);
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, lane));
}

/** From the start of a run to its results in the database, with a stack that is up. */
async function wholeScans(
  simulation: { configFile: string; credentialsFile: string },
  regions: readonly string[],
): Promise<Figures> {
  const environment = {
    AWS_CONFIG_FILE: simulation.configFile,
    AWS_SHARED_CREDENTIALS_FILE: simulation.credentialsFile,
    ENABLE_EMAIL_NOTIFICATIONS: 'false',
  };
  const world = await createWorld({ accounts: 1, database: 'sqlite', environment });
  try {
    const up = world.vedette('up');
    const deadline = Date.now() + START_TIMEOUT_MS;
    while (world.stack()?.ready !== true && isRunning(up) && Date.now() < deadline) await sleep(50);
    const args = ['scan', 'run', '--account', ACCOUNT.profile, '--source', 'checks', '--depth', 'deep'];
    const scan = async () => {
      const { stdout } = await vedette([...args, '--regions', regions.join(','), '-o', 'json'], {
        VEDETTE_HOME: world.home,
        ...environment,
      });
      const { startedAt, endedAt, accounts } = JSON.parse(stdout) as {
        startedAt: string;
        endedAt: string;
        accounts: { scan: { events: { total: number } } }[];
      };
      return {
        seconds: (Date.parse(endedAt) - Date.parse(startedAt)) / 1000,
        events: accounts[0]?.scan.events.total ?? 0,
      };
    };
    const first = await scan();
    const again = await scan();
    const peak = peakMiB(world);
    await end(up);
    return {
      'scan, seconds': round(first.seconds),
      'scan again, seconds': round(again.seconds),
      events: again.events,
      "worker's peak, MiB": round(peak),
    };
  } finally {
    await world.remove();
  }
}

function peakMiB(world: World): number {
  const { pid } = world.stack()?.children['worker'] ?? {};
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
}

/** As a whole process, which also prints every verdict. */
async function judged(file: string): Promise<Figures> {
  const {
    seconds,
    cpuSeconds,
    peakMiB: peak,
  } = await vedette(['snapshot', 'evaluate', file, '-o', 'jsonl'], {}, { discard: true });
  return { seconds: round(seconds), 'CPU, seconds': round(cpuSeconds), 'peak, MiB': round(peak) };
}

/** The same snapshot with more of everything in it, all of which has other ids; gives how many there are. */
async function enlarge(from: string, into: string, resources: number): Promise<number> {
  const lines = linesOf(from);
  const all: SnapshotLine[] = [];
  for await (const line of lines) all.push(line);
  const items = all.filter(({ kind }) => kind === 'item').length;
  const times = Math.ceil(resources / items);
  function* text(): Generator<string> {
    for (const line of all) {
      if (line.kind !== 'item') yield `${JSON.stringify(line)}\n`;
      else {
        const own = JSON.stringify(line);
        // What is unique to it, and what refers to it, gets a number.
        for (let copy = 0; copy < times; copy += 1) {
          yield `${copy === 0 ? own : own.replaceAll(/"([a-z]+-[0-9a-f]{8,17})"/g, `"$1-${copy}"`).replaceAll(JSON.stringify(line.item.id), JSON.stringify(`${line.item.id}-${copy}`))}\n`;
        }
      }
    }
  }
  await pipeline(Readable.from(text()), createGzip(), createWriteStream(into));
  return times * items;
}

async function* linesOf(file: string): AsyncGenerator<SnapshotLine> {
  let rest = '';
  for await (const chunk of createReadStream(file).pipe(createGunzip()).setEncoding('utf8')) {
    const parts = (rest + String(chunk)).split('\n');
    rest = parts.pop() ?? '';
    for (const part of parts) yield JSON.parse(part) as SnapshotLine;
  }
}
