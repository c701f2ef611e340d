import type { Check } from '../../catalogue.ts';
import { wafv2AclHasRules } from './checks/wafv2-acl-has-rules.ts';
import { wafv2AclLogging } from './checks/wafv2-acl-logging.ts';

export const wafv2Checks: readonly Check[] = [wafv2AclHasRules, wafv2AclLogging];
