import type { Level } from '../../model/level.ts';
import { requiredServices } from './score.ts';
import type { CoverageReport, TechniqueCoverage } from './score.ts';

/** Open events of a service, by their level. */
export interface OpenEvents {
  /** As the source calls it, e.g. `s3`. */
  service: string;
  level: Level;
  events: number;
}

export interface Gap {
  technique: TechniqueCoverage;
  /** What is open in the services that nobody watches, weighed by level. */
  exposure: number;
  /** Services with open events, worst first. */
  openServices: readonly string[];
  /** What to close first has the highest. */
  priority: number;
}

const WEIGHTS: Readonly<Record<Level, number>> = { critical: 10, high: 5, medium: 2, low: 0.5, info: 0 };

/** What other sources call services that are called otherwise here. */
const OTHER_NAMES: Readonly<Record<string, readonly string[]>> = {
  ec2: ['EC2', 'EBS', 'VPC'],
  vpc: ['VPC'],
  iam: ['IAM', 'STS', 'SignIn'],
  account: ['IAM', 'SignIn'],
  awslambda: ['Lambda'],
  elbv2: ['ELB'],
  elb: ['ELB'],
  'secrets-manager': ['SecretsManager'],
  secretsmanager: ['SecretsManager'],
  logs: ['CloudWatchLogs'],
  'cloudwatch-logs': ['CloudWatchLogs'],
  cloudwatch: ['CloudWatch', 'CloudWatchLogs'],
};

/** Techniques that are not covered, those first whose services have most that is open. */
export function rankGaps(report: CoverageReport, open: readonly OpenEvents[]): Gap[] {
  const exposed = exposureByService(open);
  return report.techniques
    .filter(({ status }) => status === 'uncovered' || status === 'partial')
    .map((technique): Gap => {
      const wanted =
        technique.uncoveredServices.length > 0 ? technique.uncoveredServices : required(technique.id);
      const openServices = wanted
        .filter((service) => (exposed.get(service) ?? 0) > 0)
        .toSorted((one, other) => (exposed.get(other) ?? 0) - (exposed.get(one) ?? 0));
      // Many events of one service are not as much worse as they are more.
      const exposure = openServices.reduce(
        (sum, service) => sum + Math.log2(1 + (exposed.get(service) ?? 0)),
        0,
      );
      const missing = (100 - (technique.effective ?? 0)) / 100;
      return {
        technique,
        exposure: tenths(exposure),
        openServices,
        priority: tenths(missing * (1 + exposure)),
      };
    })
    .toSorted(
      (one, other) => other.priority - one.priority || (one.technique.id < other.technique.id ? -1 : 1),
    );
}

function required(techniqueId: string): readonly string[] {
  return requiredServices('aws', techniqueId);
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}

function exposureByService(open: readonly OpenEvents[]): ReadonlyMap<string, number> {
  const exposed = new Map<string, number>();
  for (const { service, level, events } of open) {
    for (const name of namesOf(service)) {
      exposed.set(name, (exposed.get(name) ?? 0) + WEIGHTS[level] * events);
    }
  }
  return exposed;
}

function namesOf(service: string): readonly string[] {
  const plain = service.toLowerCase();
  // Named by whoever wrote the results of a scan, also `constructor`.
  if (Object.hasOwn(OTHER_NAMES, plain)) return OTHER_NAMES[plain] ?? [];
  const same = KNOWN.find((name) => name.toLowerCase() === plain);
  return same === undefined ? [] : [same];
}

/** Services that other sources call as they are called here, but for capitals. */
const KNOWN = [
  'S3',
  'RDS',
  'EFS',
  'DynamoDB',
  'Redshift',
  'ElastiCache',
  'ECR',
  'KMS',
  'SNS',
  'SQS',
  'SSM',
  'Lambda',
  'CloudTrail',
  'Config',
  'GuardDuty',
  'SES',
  'ECS',
  'EKS',
  'Route53',
  'CloudFormation',
  'CodeBuild',
  'Cognito',
  'ACM',
  'EMR',
];

/** A gap as JSON gives it. */
export function documentedGap({ technique, exposure, openServices, priority }: Gap) {
  const { id, name, tactics, status, effective, uncoveredServices } = technique;
  return {
    id,
    name,
    tactics,
    status,
    effective: effective === null ? null : Math.floor(effective * 10) / 10,
    uncoveredServices,
    openServices,
    exposure,
    priority,
  };
}
