import { expect, test } from '@jest/globals';
import { consoleLink } from '../../src/text/console-link.ts';

test.each([
  [
    'arn:aws:ec2:eu-west-1:111111111111:vpc/vpc-1',
    'https://console.aws.amazon.com/go/view?arn=arn%3Aaws%3Aec2%3Aeu-west-1%3A111111111111%3Avpc%2Fvpc-1',
  ],
  [
    'arn:aws-us-gov:s3:::assets',
    'https://console.amazonaws-us-gov.com/go/view?arn=arn%3Aaws-us-gov%3As3%3A%3A%3Aassets',
  ],
  [
    'arn:aws:s3:::a"><script>&b',
    'https://console.aws.amazon.com/go/view?arn=arn%3Aaws%3As3%3A%3A%3Aa%22%3E%3Cscript%3E%26b',
  ],
])('%s has a page in the console', (arn, link) => {
  expect(consoleLink(arn)).toBe(link);
});

test.each([
  'vpc-1',
  'arn:aws:ec2:eu-west-1:111111111111:region',
  'arn:elsewhere:s3:::a',
  'arn:constructor:s3:::a',
  'javascript:alert(1)',
  null,
  7,
])('%s has none', (arn) => {
  expect(consoleLink(arn)).toBeNull();
});
