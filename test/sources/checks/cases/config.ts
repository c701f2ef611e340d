import { ACCOUNT } from '../support.ts';
import type { Case, Cases } from './case.ts';

const ROLE = `arn:aws:iam::${ACCOUNT}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`;

interface State {
  roleArn?: string;
  recording?: boolean;
  lastStatus?: string;
  /** Null for a channel without one. */
  bucket?: string | null;
}

const recorded = (what: string, state: State, ...says: string[]): Case => {
  const { roleArn = ROLE, recording = true, lastStatus = 'Success', bucket } = state;
  return {
    what,
    answers: {
      'config-service:DescribeConfigurationRecorders': [{ id: 'r', name: 'default', roleArn }],
      'config-service:DescribeConfigurationRecorderStatus': [
        { id: 'r', name: 'default', recording, lastStatus },
      ],
      'config-service:DescribeDeliveryChannels':
        bucket === undefined ? [] : [{ id: 'c', name: 'default', bucket }],
    },
    says,
  };
};

export const configCases: Cases = {
  'config-recorder-on': [
    { what: 'no recorder', answers: {}, says: ['fail'] },
    recorded('on', {}, 'pass'),
    recorded('just started', { lastStatus: 'Pending' }, 'pass'),
    recorded('off', { recording: false }, 'fail'),
    recorded('failing', { lastStatus: 'Failure' }, 'fail'),
  ],
  'config-recorder-service-role': [
    recorded('linked', {}, 'pass'),
    recorded('another', { roleArn: `arn:aws:iam::${ACCOUNT}:role/config` }, 'fail'),
    recorded('of another account', { roleArn: ROLE.replace(ACCOUNT, '222222222222') }, 'fail'),
    recorded('off', { recording: false, roleArn: 'x' }),
  ],
  'config-delivery-channel': [
    recorded('to a bucket', { bucket: 'logs' }, 'pass'),
    recorded('to none', { bucket: null }, 'fail'),
    recorded('no channel', {}, 'fail'),
  ],
};
