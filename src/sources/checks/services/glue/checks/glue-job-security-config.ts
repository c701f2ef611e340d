import { defineCheck, failIf, unknown } from '../../../catalogue.ts';
import { grouped } from '../../../grouped.ts';
import type { GlueSecurityConfiguration } from '../collect.ts';

const configurations = grouped(({ name }: GlueSecurityConfiguration) => name);

export const glueJobSecurityConfig = defineCheck({
  id: 'glue-job-security-config',
  title: 'Jobs encrypt what they write',
  service: 'glue',
  depth: 'deep',
  level: 'medium',
  category: 'rest',
  resourceType: 'AWS::Glue::Job',
  failsWhen:
    "The job has no security configuration (and no --encryption-type sse-s3), or the configuration's S3 mode is DISABLED.",
  remediation: 'Give the job a security configuration.',
  command:
    'aws glue create-security-configuration --name NAME --encryption-configuration file://encryption.json',
  on: 'glue:GetJobs',
  needs: ['glue:GetSecurityConfigurations'],
  judge({ securityConfiguration, encryptionArgument }, { list }) {
    if (securityConfiguration === null) {
      return failIf(encryptionArgument !== 'sse-s3', { securityConfiguration, encryptionArgument });
    }
    const [found] = configurations(list('glue:GetSecurityConfigurations'), securityConfiguration);
    if (found === undefined)
      return unknown(`failed: the configuration ${securityConfiguration} is not listed`);
    const { s3Modes } = found;
    return failIf(s3Modes.length === 0 || s3Modes.includes('DISABLED'), { securityConfiguration, s3Modes });
  },
});
