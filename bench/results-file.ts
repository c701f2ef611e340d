/**
 * Results files of ScoutSuite of any size, valid and with the item paths of its version 5.14: written as a stream, the
 * same in every run.
 */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import type { WriteStream } from 'node:fs';

export interface BigResults {
  /** Flagged items, spread over services, checks and regions. */
  items: number;
  /** The file is filled up to about this size with resources that nothing flags. */
  bytes?: number;
  account?: string;
  /** As the scanner writes it. */
  time?: string;
  /** Items of each thousand that are not flagged any more. */
  gonePerThousand?: number;
}

const ACCOUNT = '444444444444';
const REGIONS = (
  'ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-southeast-1 ap-southeast-2 ca-central-1 eu-central-1 ' +
  'eu-north-1 eu-west-1 eu-west-2 eu-west-3 sa-east-1 us-east-1 us-east-2 us-west-1 us-west-2'
).split(' ');
const VPCS = 3;
const WRITE_CHARACTERS = 256 * 1024;

interface Check {
  id: string;
  level: 'danger' | 'warning';
  /** What follows the path of the resource, in the rule and in an item. */
  path?: string;
  suffix: string;
}

/** One type of resource: where it lies, what it looks like, and which checks flag it in turn. */
interface Kind {
  service: string;
  container: string;
  inRegions: boolean;
  inVpcs: boolean;
  /** Of twenty items. */
  share: number;
  checks: readonly Check[];
  key: (index: number) => string;
  resource: (index: number, key: string, region: string) => object;
}

const PORTS = [
  ['SSH', 22],
  ['RDP', 3389],
  ['MySQL', 3306],
  ['PostgreSQL', 5432],
] as const;

const KINDS: readonly Kind[] = [
  {
    service: 'ec2',
    container: 'security_groups',
    inRegions: true,
    inVpcs: true,
    share: 7,
    checks: PORTS.map(([name, port]) => ({
      id: `ec2-security-group-opens-${name}-port-to-all`,
      level: 'danger',
      path: '.rules.id.protocols.id.ports.id.cidrs.id.CIDR',
      suffix: `.rules.ingress.protocols.TCP.ports.${port}.cidrs.0.CIDR`,
    })),
    key: (index) => `sg-${hex('sg', index, 17)}`,
    resource: (index, key, region) => ({
      arn: `arn:aws:ec2:${region}:${ACCOUNT}:security-group/${key}`,
      description: 'web tier (public)',
      id: key,
      name: `app.${index}-sg`,
      rules: {
        egress: { count: 0, protocols: {} },
        ingress: {
          count: 1,
          protocols: {
            TCP: { ports: { [PORTS[index % PORTS.length]?.[1] ?? 22]: { cidrs: [{ CIDR: '0.0.0.0/0' }] } } },
          },
        },
      },
      tags: { Name: `app.${index}-sg`, note: '<b>Zürich</b> "quoted" \\ and more' },
    }),
  },
  {
    service: 'ec2',
    container: 'volumes',
    inRegions: true,
    inVpcs: false,
    share: 5,
    checks: [{ id: 'ec2-ebs-volume-not-encrypted', level: 'warning', suffix: '.encrypted' }],
    key: (index) => `vol-${hex('vol', index, 17)}`,
    resource: (index, key, region) => ({
      Encrypted: false,
      Size: 8,
      arn: `arn:aws:ec2:${region}:${ACCOUNT}:volume/${key}`,
      id: key,
      name: `data.${index}`,
    }),
  },
  {
    service: 'iam',
    container: 'users',
    inRegions: false,
    inVpcs: false,
    share: 2,
    checks: [{ id: 'iam-user-without-mfa', level: 'danger', suffix: '.mfa_enabled' }],
    key: (index) => `AIDA${hex('user', index, 17).toUpperCase()}`,
    resource: (index, key) => ({
      arn: `arn:aws:iam::${ACCOUNT}:user/staff/user.${index}@example.com`,
      id: key,
      name: `user.${index}@example.com`,
    }),
  },
  {
    service: 'rds',
    container: 'instances',
    inRegions: true,
    inVpcs: true,
    share: 2,
    checks: [{ id: 'rds-instance-storage-not-encrypted', level: 'warning', suffix: '.StorageEncrypted' }],
    key: (index) => `scoutid-${hex('db', index, 40)}`,
    resource: (index, _key, region) => ({
      StorageEncrypted: false,
      arn: `arn:aws:rds:${region}:${ACCOUNT}:db:db-${index}`,
      name: `db-${index}`,
    }),
  },
  {
    service: 's3',
    container: 'buckets',
    inRegions: false,
    inVpcs: false,
    share: 4,
    checks: [
      { id: 's3-bucket-no-versioning', level: 'warning', suffix: '.versioning' },
      { id: 's3-bucket-no-logging', level: 'warning', suffix: '.logging' },
    ],
    key: (index) => `scoutid-${hex('bucket', index, 40)}`,
    resource: (index, key, region) => ({
      arn: `arn:aws:s3:::bucket.${index}.example.com/*`,
      id: key,
      name: `bucket.${index}.example.com`,
      region,
    }),
  },
];

/** Writes the file; gives how many items are flagged in it. */
export async function writeResults(file: string, wanted: BigResults): Promise<number> {
  const out = new Writer(createWriteStream(file));
  const scan = new Scan(wanted);
  const { account = ACCOUNT, time = '2026-01-01 12:00:00+0000' } = wanted;
  const services = [...new Set(KINDS.map(({ service }) => service))];
  const facts = {
    account_id: account,
    last_run: { run_parameters: {}, summary: {}, time, version: '5.14.0' },
    metadata: { compute: Object.fromEntries(services.map((service) => [service, described(service)])) },
    provider_code: 'aws',
    service_list: services,
  };
  await out.write(`scoutsuite_results =\n${JSON.stringify(facts).slice(0, -1)}, "services": {`);
  for (const [index, service] of services.entries()) {
    await out.write(`${index === 0 ? '' : ', '}"${service}": {"findings": {`);
    await writeFindings(out, scan, service);
    await out.write('}');
    await writeTree(out, scan, service);
    await out.write('}');
  }
  await writePadding(out, wanted.bytes ?? 0);
  await out.end('}}\n');
  return scan.flagged;
}

class Writer {
  characters = 0;
  readonly #stream: WriteStream;
  #batch = '';

  constructor(stream: WriteStream) {
    this.#stream = stream;
  }

  async write(text: string): Promise<void> {
    this.characters += text.length;
    this.#batch += text;
    if (this.#batch.length < WRITE_CHARACTERS) return;
    if (!this.#stream.write(this.#batch)) await once(this.#stream, 'drain');
    this.#batch = '';
  }

  async end(text: string): Promise<void> {
    this.#stream.end(this.#batch + text);
    await once(this.#stream, 'close');
  }
}

/** Which items there are. */
class Scan {
  flagged = 0;
  readonly #items: number;
  readonly #gonePerThousand: number;

  constructor({ items, gonePerThousand = 0 }: BigResults) {
    this.#items = items;
    this.#gonePerThousand = gonePerThousand;
  }

  count({ share }: Kind): number {
    return Math.ceil((this.#items * share) / 20);
  }

  isFlagged(index: number): boolean {
    return index % 1000 >= this.#gonePerThousand;
  }
}

async function writeFindings(out: Writer, scan: Scan, service: string): Promise<void> {
  let separator = '';
  for (const kind of KINDS.filter((candidate) => candidate.service === service)) {
    for (const [number, check] of kind.checks.entries()) {
      await out.write(`${separator}"${check.id}": {"items": [`);
      separator = ', ';
      let flagged = 0;
      for (let index = number; index < scan.count(kind); index += kind.checks.length) {
        if (!scan.isFlagged(index)) continue;
        await out.write(`${flagged === 0 ? '' : ', '}"${pathOf(kind, index)}${check.suffix}"`);
        flagged += 1;
      }
      scan.flagged += flagged;
      const rest = {
        checked_items: scan.count(kind),
        description: check.id,
        flagged_items: flagged,
        level: check.level,
        path: templateOf(kind) + (check.path ?? ''),
        service,
      };
      await out.write(`], ${JSON.stringify(rest).slice(1)}`);
    }
  }
}

async function writeTree(out: Writer, scan: Scan, service: string): Promise<void> {
  const kinds = KINDS.filter((kind) => kind.service === service);
  for (const kind of kinds.filter(({ inRegions }) => !inRegions)) await writeContainer(out, scan, kind, 0, 1);
  const regional = kinds.filter(({ inRegions }) => inRegions);
  if (regional.length === 0) return;
  await out.write(', "regions": {');
  for (const [number, region] of REGIONS.entries()) {
    await out.write(`${number === 0 ? '' : ', '}"${region}": {"id": "${region}"`);
    for (const kind of regional.filter(({ inVpcs }) => !inVpcs)) {
      await writeContainer(out, scan, kind, number, REGIONS.length);
    }
    await out.write(', "vpcs": {');
    for (let vpc = 0; vpc < VPCS; vpc += 1) {
      await out.write(`${vpc === 0 ? '' : ', '}"${vpcOf(region, vpc)}": {"id": "${vpcOf(region, vpc)}"`);
      for (const kind of regional.filter(({ inVpcs }) => inVpcs)) {
        await writeContainer(out, scan, kind, number + vpc * REGIONS.length, REGIONS.length * VPCS);
      }
      await out.write('}');
    }
    await out.write('}}');
  }
  await out.write('}');
}

async function writeContainer(
  out: Writer,
  scan: Scan,
  kind: Kind,
  first: number,
  step: number,
): Promise<void> {
  await out.write(`, "${kind.container}": {`);
  for (let index = first; index < scan.count(kind); index += step) {
    const key = kind.key(index);
    const resource = JSON.stringify(kind.resource(index, key, regionOf(index)));
    await out.write(`${index === first ? '' : ', '}"${key}": ${resource}`);
  }
  await out.write('}');
}

async function writePadding(out: Writer, bytes: number): Promise<void> {
  if (out.characters >= bytes) return;
  await out.write(', "vpc": {"findings": {}, "regions": {"us-east-1": {"flow_logs": {');
  for (let index = 0; out.characters < bytes; index += 1) {
    const key = `fl-${hex('fl', index, 17)}`;
    const log = {
      DeliverLogsStatus: 'SUCCESS',
      LogFormat: '${version} ${account-id} ${interface-id} ${srcaddr} ${dstaddr}',
      arn: `arn:aws:vpc:us-east-1:${ACCOUNT}:flow-log/${key}`,
      id: key,
      tags: { Name: `flow log ${index}`, note: '"quoted" \\ and {braced}' },
    };
    await out.write(`${index === 0 ? '' : ', '}"${key}": ${JSON.stringify(log)}`);
  }
  await out.write('}}}}');
}

function described(service: string): object {
  const kinds = KINDS.filter((kind) => kind.service === service);
  const resources = kinds.map((kind) => {
    const path = `services.${templateOf(kind).replace(/\.id$/, '')}`;
    return [kind.container, { path }];
  });
  return { resources: Object.fromEntries(resources) as object };
}

function templateOf({ service, container, inRegions, inVpcs }: Kind): string {
  return `${service}${inRegions ? '.regions.id' : ''}${inVpcs ? '.vpcs.id' : ''}.${container}.id`;
}

function pathOf(kind: Kind, index: number): string {
  const region = regionOf(index);
  const inRegion = kind.inRegions ? `.regions.${region}` : '';
  const inVpc = kind.inVpcs ? `.vpcs.${vpcOf(region, Math.floor(index / REGIONS.length) % VPCS)}` : '';
  return `${kind.service}${inRegion}${inVpc}.${kind.container}.${kind.key(index)}`;
}

function regionOf(index: number): string {
  return REGIONS[index % REGIONS.length] ?? '';
}

function vpcOf(region: string, number: number): string {
  return `vpc-${hex(`vpc-${region}`, number, 17)}`;
}

function hex(kind: string, index: number, length: number): string {
  return createHash('sha1').update(`${kind}:${index}`).digest('hex').slice(0, length);
}
