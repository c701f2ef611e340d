import type { Check } from '../../catalogue.ts';
import { codebuildEnvSecrets } from './checks/codebuild-env-secrets.ts';
import { codebuildLogging } from './checks/codebuild-logging.ts';
import { codebuildPrivileged } from './checks/codebuild-privileged.ts';

export const codebuildChecks: readonly Check[] = [codebuildEnvSecrets, codebuildLogging, codebuildPrivileged];
