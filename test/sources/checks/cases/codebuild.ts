import type { BuildProject } from '../../../../src/sources/checks/services/codebuild/collect.ts';
import type { Case, Cases } from './case.ts';

const project = (what: string, more: Partial<BuildProject>, says: string): Case => ({
  what,
  answers: {
    'codebuild:BatchGetProjects': [
      { id: 'p', name: 'shop', privileged: false, logs: [], secrets: [], ...more },
    ],
  },
  says: [says],
});

export const codebuildCases: Cases = {
  'codebuild-env-secrets': [
    project('none', {}, 'pass'),
    project('a token', { secrets: [{ name: 'NPM_TOKEN', kind: 'token' }] }, 'fail'),
  ],
  'codebuild-privileged': [project('no', {}, 'pass'), project('yes', { privileged: true }, 'fail')],
  'codebuild-logging': [project('no', {}, 'fail'), project('to S3', { logs: ['S3'] }, 'pass')],
};
