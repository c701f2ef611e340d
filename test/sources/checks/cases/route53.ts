import type { DnsRecord } from '../../../../src/sources/checks/services/route53/collect.ts';
import { REGION } from '../support.ts';
import type { Case, Cases } from './case.ts';
import { networkInterface } from './ec2.ts';

const ZONE = { id: 'z', zoneId: 'Z1', name: 'example.com.', isPrivate: false };
const logged = (what: string, zoneId: string, isPrivate: boolean, ...says: string[]): Case => ({
  what,
  answers: {
    'route-53:ListHostedZones': [{ ...ZONE, isPrivate }],
    'route-53:ListQueryLoggingConfigs': [{ id: 'q', zoneId }],
  },
  says,
});
const record = (what: string, more: Partial<DnsRecord>, says: string, regionsAsked = false): Case => ({
  what,
  answers: {
    'route-53:ListHostedZones': [ZONE],
    'route-53:ListResourceRecordSets': {
      z: [{ name: 'www.', type: 'A', setId: null, values: [], ...more }],
    },
    'ec2:DescribeAddresses': [{ id: 'e', name: OWN, inUse: true }],
    'ec2:DescribeNetworkInterfaces': [networkInterface({ publicAddresses: [INTERFACE] })],
    's3:ListBuckets': [{ id: 'b', name: 'assets', region: REGION }],
  },
  regionsAsked,
  says: [says],
});
const OWN = '3.8.0.1';
const INTERFACE = '3.8.0.2';
const LOST = '3.8.0.3';
const website = (bucket: string): Partial<DnsRecord> => ({
  type: 'CNAME',
  values: [`${bucket}.s3-website-eu-west-1.amazonaws.com.`],
});

export const route53Cases: Cases = {
  'route53-query-logging': [
    logged('logged', 'Z1', false, 'pass'),
    logged('another is', 'Z2', false, 'fail'),
    logged('private', 'Z2', true),
  ],
  'route53-dangling-ip': [
    record('an Elastic address', { values: [OWN] }, 'pass#www. A'),
    record('one of an interface', { values: [INTERFACE] }, 'pass#www. A'),
    record('given back', { values: [OWN, LOST], setId: 'eu' }, 'fail#www. A eu'),
    record('private', { values: ['10.0.0.1'] }, 'pass#www. A'),
    record('of somebody else', { values: ['203.0.113.1'] }, 'pass#www. A'),
    record('of a region that was not asked, perhaps', { values: [LOST] }, 'unknown#www. A', true),
    record('an own website', website('assets'), 'pass#www. CNAME'),
    record('a website that is gone', website('old'), 'fail#www. CNAME'),
    record('one that is gone from an asked region', website('old'), 'fail#www. CNAME', true),
    record('another name', { type: 'CNAME', values: ['example.net.'] }, 'pass#www. CNAME'),
  ],
};
