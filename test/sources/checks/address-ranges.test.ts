import { describe, expect, it } from '@jest/globals';
import { coversRange, ipv4Prefix, isOffTheInternet } from '../../../src/sources/checks/address-ranges.ts';

describe('a range of addresses', () => {
  it.each([
    ['10.0.0.0/8', '10.1.2.0/24', true],
    ['10.1.0.0/16', '10.1.0.0/16', true],
    ['10.1.0.0/24', '10.1.0.0/16', false],
    ['0.0.0.0/0', '198.51.100.7', true],
    ['0.0.0.0/0', '::/0', false],
    ['::/0', '2001:db8::1', true],
    ['2001:db8::/32', '2001:db8:ffff::/48', true],
    ['2001:db8::/32', '2001:db9::/48', false],
    ['::ffff:0:0/96', '::ffff:192.0.2.1/128', true],
    ['10.1.2.3/16', '10.1.0.0/16', true],
    ['10.0.0.0/33', '10.0.0.0/33', false],
    ['pl-12345', '10.0.0.0/8', false],
    ['', '', false],
  ])('%s holds %s: %s', (wider, narrower, holds) => {
    expect(coversRange(wider, narrower)).toBe(holds);
  });

  it.each([
    ['10.20.0.0/16', true],
    ['172.16.0.0/12', true],
    ['172.16.0.0/11', false],
    ['100.100.0.0/16', true],
    ['8.8.8.0/24', false],
    ['fd00::/8', true],
    ['2600::/12', false],
  ])('%s lies off the internet: %s', (range, isOff) => {
    expect(isOffTheInternet(range)).toBe(isOff);
  });

  it('has a prefix where it is one of IPv4', () => {
    expect(['10.0.0.0/8', '192.0.2.1', '::/0', 'sg-1'].map(ipv4Prefix)).toEqual([8, 32, null, null]);
  });
});
