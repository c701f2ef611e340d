import { grouped } from '../../grouped.ts';
import type { Subnet } from './collect.ts';

/** The subnets of a VPC. */
export const subnetsOf = grouped(({ vpcId }: Subnet) => vpcId);
