import type { Check } from '../../catalogue.ts';
import { ecrImageVulnerabilities } from './checks/ecr-image-vulnerabilities.ts';
import { ecrRepoImmutableTags } from './checks/ecr-repo-immutable-tags.ts';
import { ecrRepoKms } from './checks/ecr-repo-kms.ts';
import { ecrRepoLifecycle } from './checks/ecr-repo-lifecycle.ts';
import { ecrRepoPublic } from './checks/ecr-repo-public.ts';
import { ecrRepoScan } from './checks/ecr-repo-scan.ts';

export const ecrChecks: readonly Check[] = [
  ecrImageVulnerabilities,
  ecrRepoImmutableTags,
  ecrRepoKms,
  ecrRepoLifecycle,
  ecrRepoPublic,
  ecrRepoScan,
];
