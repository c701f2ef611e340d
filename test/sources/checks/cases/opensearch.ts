import type { SearchDomain } from '../../../../src/sources/checks/services/opensearch/collect.ts';
import { ACCOUNT } from '../support.ts';
import type { Case, Cases } from './case.ts';

const domain = (what: string, more: Partial<SearchDomain>, says: string): Case => ({
  what,
  answers: {
    'opensearch:DescribeDomains': [
      {
        id: 'd',
        name: 'logs',
        inVpc: false,
        policy: null,
        encrypted: false,
        encryptedBetweenNodes: false,
        enforcesHttps: false,
        fineAccess: false,
        logs: [],
        updateAvailable: false,
        ...more,
      },
    ],
  },
  says: [says],
});
const open = (Principal: unknown, Condition?: object): string =>
  JSON.stringify({ Statement: [{ Effect: 'Allow', Principal, Action: 'es:*', Resource: '*', Condition }] });
const SLOW = ['SEARCH_SLOW_LOGS', 'INDEX_SLOW_LOGS'];

export const opensearchCases: Cases = {
  'opensearch-domain-public': [
    domain('no policy', {}, 'pass'),
    domain('everybody', { policy: open({ AWS: '*' }) }, 'fail'),
    domain('everybody in the VPC', { policy: open({ AWS: '*' }), inVpc: true }, 'pass'),
    domain('an account', { policy: open({ AWS: ACCOUNT }) }, 'pass'),
    domain(
      'everybody at private addresses',
      { policy: open('*', { IpAddress: { 'aws:SourceIp': ['10.0.0.0/8'] } }) },
      'pass',
    ),
    domain(
      'everybody at any address',
      { policy: open('*', { IpAddress: { 'aws:SourceIp': ['0.0.0.0/0'] } }) },
      'fail',
    ),
  ],
  'opensearch-domain-encrypted': [domain('no', {}, 'fail'), domain('yes', { encrypted: true }, 'pass')],
  'opensearch-domain-node-tls': [
    domain('no', {}, 'fail'),
    domain('yes', { encryptedBetweenNodes: true }, 'pass'),
  ],
  'opensearch-domain-https': [domain('no', {}, 'fail'), domain('yes', { enforcesHttps: true }, 'pass')],
  'opensearch-domain-fine-access': [domain('no', {}, 'fail'), domain('yes', { fineAccess: true }, 'pass')],
  'opensearch-domain-audit-log': [
    domain('others only', { logs: SLOW }, 'fail'),
    domain('published', { logs: ['AUDIT_LOGS'] }, 'pass'),
  ],
  'opensearch-domain-error-log': [
    domain('one is missing', { logs: SLOW }, 'fail'),
    domain('all', { logs: [...SLOW, 'ES_APPLICATION_LOGS'] }, 'pass'),
  ],
  'opensearch-domain-software': [
    domain('current', {}, 'pass'),
    domain('old', { updateAvailable: true }, 'fail'),
  ],
};
