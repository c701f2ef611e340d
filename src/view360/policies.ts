import { permissionsOf, sections } from './sections/all-sections.ts';

/** What senders and the receiver may do, from what the collectors say that they call: a policy cannot drift from the code. */

export interface Statement {
  Sid: string;
  Effect: 'Allow';
  Action: readonly string[];
  Resource: string | readonly string[];
}

export interface Policy {
  Version: '2012-10-17';
  Statement: readonly Statement[];
}

/** Reading of the account, and writing below its own prefix. `BUCKET` and `KEY_ARN` are put in by who uses it. */
export function senderPolicy(): Policy {
  return { Version: '2012-10-17', Statement: [READ, ...WRITE] };
}

/** Reading alone, for a role that vedette assumes. */
export function pullPolicy(): Policy {
  return { Version: '2012-10-17', Statement: [READ] };
}

export function receiverPolicy(): Policy {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'Payloads',
        Effect: 'Allow',
        Action: [
          's3:DeleteObject',
          's3:DeleteObjectVersion',
          's3:GetObject',
          's3:GetObjectVersion',
          's3:PutObject',
        ],
        Resource: 'arn:aws:s3:::BUCKET/*',
      },
      { Sid: 'Waiting', Effect: 'Allow', Action: ['s3:ListBucket'], Resource: 'arn:aws:s3:::BUCKET' },
      { Sid: 'Key', Effect: 'Allow', Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: 'KEY_ARN' },
      {
        Sid: 'Notices',
        Effect: 'Allow',
        Action: ['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:ReceiveMessage'],
        Resource: 'QUEUE_ARN',
      },
    ],
  };
}

const READ: Statement = { Sid: 'Read', Effect: 'Allow', Action: permissionsOf(sections), Resource: '*' };
const WRITE: readonly Statement[] = [
  {
    Sid: 'Send',
    Effect: 'Allow',
    Action: ['s3:PutObject'],
    Resource: 'arn:aws:s3:::BUCKET/data/${aws:PrincipalAccount}/*',
  },
  { Sid: 'Encrypt', Effect: 'Allow', Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: 'KEY_ARN' },
];
