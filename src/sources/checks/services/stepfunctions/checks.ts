import type { Check } from '../../catalogue.ts';
import { sfnDefinitionSecrets } from './checks/sfn-definition-secrets.ts';
import { sfnLogging } from './checks/sfn-logging.ts';

export const stepfunctionsChecks: readonly Check[] = [sfnDefinitionSecrets, sfnLogging];
