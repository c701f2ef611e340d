import { defineCheck, failIf } from '../../../catalogue.ts';

export const cloudtrailValidation = defineCheck({
  id: 'cloudtrail-validation',
  title: 'Log files are validated',
  service: 'cloudtrail',
  depth: 'quick',
  level: 'medium',
  category: 'logging',
  resourceType: 'AWS::CloudTrail::Trail',
  failsWhen:
    'LogFileValidationEnabled of a trail is false. One verdict per trail, at its home region; shadow trails are not counted twice.',
  remediation: 'Turn validation on.',
  command: 'aws cloudtrail update-trail --name TRAIL --enable-log-file-validation',
  on: 'cloudtrail:DescribeTrails',
  judge: ({ isHome, validation }) => (isHome ? failIf(!validation) : null),
});
