import type { Check } from '../../catalogue.ts';
import { route53DanglingIp } from './checks/route53-dangling-ip.ts';
import { route53QueryLogging } from './checks/route53-query-logging.ts';

export const route53Checks: readonly Check[] = [route53DanglingIp, route53QueryLogging];
