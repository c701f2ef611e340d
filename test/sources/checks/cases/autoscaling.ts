import type { LaunchConfiguration } from '../../../../src/sources/checks/services/autoscaling/collect.ts';
import type { Case, Cases } from './case.ts';

const launch = (what: string, more: Partial<LaunchConfiguration>, says: string): Case => ({
  what,
  answers: {
    'auto-scaling:DescribeLaunchConfigurations': [
      {
        id: 'l',
        name: 'web',
        givesPublicIp: false,
        metadataEndpoint: 'enabled',
        metadataTokens: 'optional',
        userData: null,
        ...more,
      },
    ],
  },
  says: [says],
});
const zones = (what: string, of: string[], says: string): Case => ({
  what,
  answers: { 'auto-scaling:DescribeAutoScalingGroups': [{ id: 'g', name: 'web', zones: of }] },
  says: [says],
});

export const autoscalingCases: Cases = {
  'autoscaling-lc-public-ip': [launch('no', {}, 'pass'), launch('yes', { givesPublicIp: true }, 'fail')],
  'autoscaling-lc-imdsv2': [
    launch('optional', {}, 'fail'),
    launch('required', { metadataTokens: 'required' }, 'pass'),
    launch('no metadata', { metadataEndpoint: 'disabled' }, 'pass'),
  ],
  'autoscaling-lc-secrets': [
    launch('no user data', {}, 'pass'),
    launch('none', { userData: { isReadable: true, secrets: [] } }, 'pass'),
    launch(
      'a password',
      { userData: { isReadable: true, secrets: [{ name: 'line 2', kind: 'password' }] } },
      'fail',
    ),
    launch('no text', { userData: { isReadable: false, secrets: [] } }, 'unknown'),
  ],
  'autoscaling-multi-az': [zones('one', ['a'], 'fail'), zones('two', ['a', 'b'], 'pass')],
};
