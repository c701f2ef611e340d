import type { GlueJob } from '../../../../src/sources/checks/services/glue/collect.ts';
import type { Case, Cases } from './case.ts';

const catalogue = (what: string, encryptionMode: string, databases: number, ...says: string[]): Case => ({
  what,
  answers: {
    'glue:GetDataCatalogEncryptionSettings': [{ id: 'c', encryptionMode }],
    'glue:GetDatabases': Array.from({ length: databases }, (_, index) => ({ id: `d${index}` })),
  },
  says,
});
const job = (what: string, more: Partial<GlueJob>, says: string): Case => ({
  what,
  answers: {
    'glue:GetJobs': [
      { id: 'j', name: 'load', securityConfiguration: null, encryptionArgument: null, ...more },
    ],
    'glue:GetSecurityConfigurations': [
      { id: 'a', name: 'encrypting', s3Modes: ['SSE-KMS'] },
      { id: 'b', name: 'leaving', s3Modes: ['DISABLED'] },
    ],
  },
  says: [says],
});

export const glueCases: Cases = {
  'glue-catalog-encrypted': [
    catalogue('no', 'DISABLED', 1, 'fail'),
    catalogue('yes', 'SSE-KMS', 1, 'pass'),
    catalogue('empty', 'DISABLED', 0),
  ],
  'glue-job-security-config': [
    job('none', {}, 'fail'),
    job('told by its arguments', { encryptionArgument: 'sse-s3' }, 'pass'),
    job('encrypting', { securityConfiguration: 'encrypting' }, 'pass'),
    job('not encrypting', { securityConfiguration: 'leaving' }, 'fail'),
    job('gone', { securityConfiguration: 'old' }, 'unknown'),
  ],
};
