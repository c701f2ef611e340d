import type {
  Container,
  EcsCluster,
  EcsService,
  TaskDefinition,
} from '../../../../src/sources/checks/services/ecs/collect.ts';
import type { Case, Cases } from './case.ts';

const SAFE: Container = {
  name: 'app',
  privileged: false,
  user: '1000',
  readonlyRoot: true,
  logDriver: 'awslogs',
  secrets: [],
};
const task = (
  what: string,
  containers: readonly Partial<Container>[],
  more: Partial<TaskDefinition>,
  ...says: string[]
): Case => ({
  what,
  answers: {
    'ecs:ListTaskDefinitions': [{ id: 't', name: 'orders:3' }],
    'ecs:DescribeTaskDefinition': {
      t: {
        networkMode: 'awsvpc',
        pidMode: null,
        isWindows: false,
        containers: containers.map((container) => ({ ...SAFE, ...container })),
        ...more,
      },
    },
  },
  says,
});
const service = (what: string, more: Partial<EcsService>, ...says: string[]): Case => ({
  what,
  answers: {
    'ecs:DescribeServices': [
      {
        id: 's',
        name: 'orders',
        assignsPublicIp: false,
        isFargate: true,
        isWindows: false,
        platformVersion: 'LATEST',
        execEnabled: false,
        ...more,
      },
    ],
  },
  says,
});
const cluster = (what: string, more: Partial<EcsCluster>, ...says: string[]): Case => ({
  what,
  answers: {
    'ecs:DescribeClusters': [{ id: 'c', name: 'main', status: 'ACTIVE', insights: 'disabled', ...more }],
  },
  says,
});
const HOST = { networkMode: 'host' };

export const ecsCases: Cases = {
  'ecs-task-privileged': [
    task('one of two', [{}, { name: 'agent', privileged: true }], {}, 'pass#app', 'fail#agent'),
  ],
  'ecs-task-env-secrets': [
    task('none', [{}], {}, 'pass#app'),
    task('a password', [{ secrets: [{ name: 'DB_PASSWORD', kind: 'password' }] }], {}, 'fail#app'),
  ],
  'ecs-task-host-network-user': [
    task('root on the host', [{ user: null }], HOST, 'fail#app'),
    task('root by number', [{ user: '0:0' }], HOST, 'fail#app'),
    task('privileged, which another check says', [{ user: null, privileged: true }], HOST, 'pass#app'),
    task('a user', [{}], HOST, 'pass#app'),
    task('root in a network of its own', [{ user: 'root' }], {}, 'pass#app'),
  ],
  'ecs-task-host-namespace': [
    task('that of the host', [{}], { pidMode: 'host' }, 'fail'),
    task('that of the task', [{}], { pidMode: 'task' }, 'pass'),
    task('its own', [{}], {}, 'pass'),
  ],
  'ecs-task-readonly-root': [
    task('read-only', [{}], {}, 'pass#app'),
    task('writable', [{ readonlyRoot: false }], {}, 'fail#app'),
    task('Windows', [{ readonlyRoot: false }], { isWindows: true }),
  ],
  'ecs-task-logging': [
    task('logged', [{}], {}, 'pass#app'),
    task('not', [{ logDriver: null }], {}, 'fail#app'),
  ],
  'ecs-service-public-ip': [service('none', {}, 'pass'), service('one', { assignsPublicIp: true }, 'fail')],
  'ecs-service-platform-version': [
    service('the latest', {}, 'pass'),
    service('the newest by number', { platformVersion: '1.4.0' }, 'pass'),
    service('an old one', { platformVersion: '1.3.0' }, 'fail'),
    service('Windows', { platformVersion: '1.0.0', isWindows: true }, 'pass'),
    service('on instances', { platformVersion: null, isFargate: false }),
  ],
  'ecs-cluster-insights': [
    cluster('off', {}, 'fail'),
    cluster('on', { insights: 'enabled' }, 'pass'),
    cluster('enhanced', { insights: 'enhanced' }, 'pass'),
    cluster('deleted', { status: 'INACTIVE' }),
  ],
  'ecs-service-exec-enabled': [service('off', {}, 'pass'), service('on', { execEnabled: true }, 'fail')],
};
