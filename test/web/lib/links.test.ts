import { expect, test } from '@jest/globals';
import { returnPath, webAddress } from '../../../web/src/lib/links.ts';

test.each(['https://docs.aws.amazon.com/x', 'http://example.org/?q=1#a'])('%s may be a link', (address) => {
  expect(webAddress(address)).toBe(address);
});

test.each([
  'javascript:alert(1)',
  ' javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:x',
  'file:///etc/passwd',
  '//evil.example',
  'CIS AWS 1.2',
  '',
])('%j stays text', (address) => {
  expect(webAddress(address)).toBeNull();
});

test('one returns to a page of the dashboard only', () => {
  expect(returnPath('/events?level=high#top')).toBe('/events?level=high#top');
  for (const other of [
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    'javascript:alert(1)',
    '/sign-in',
  ]) {
    expect(returnPath(other)).toBe('/');
  }
  expect(returnPath()).toBe('/');
});
