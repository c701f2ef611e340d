import { accountCases } from './account.ts';
import type { Cases } from './case.ts';
import { cloudtrailCases } from './cloudtrail.ts';
import { ec2Cases } from './ec2.ts';
import { ecrCases } from './ecr.ts';
import { efsCases } from './efs.ts';
import { eksCases } from './eks.ts';
import { elbCases } from './elb.ts';
import { iamCases } from './iam.ts';
import { kmsCases } from './kms.ts';
import { rdsCases } from './rds.ts';
import { redshiftCases } from './redshift.ts';
import { s3Cases } from './s3.ts';
import { vpcCases } from './vpc.ts';

/** The cases of every check. */
export const allCases: Cases = {
  ...accountCases,
  ...cloudtrailCases,
  ...ec2Cases,
  ...ecrCases,
  ...efsCases,
  ...eksCases,
  ...elbCases,
  ...iamCases,
  ...kmsCases,
  ...rdsCases,
  ...redshiftCases,
  ...s3Cases,
  ...vpcCases,
};
