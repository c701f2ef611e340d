import type { Check } from '../../catalogue.ts';
import { cfnOutputSecrets } from './checks/cfn-output-secrets.ts';
import { cfnTerminationProtection } from './checks/cfn-termination-protection.ts';

export const cloudformationChecks: readonly Check[] = [cfnOutputSecrets, cfnTerminationProtection];
