import { defineCheck, failIf, unknown } from '../../../catalogue.ts';
import { grouped } from '../../../grouped.ts';
import type { Address, NetworkInterface } from '../../ec2/collect.ts';
import type { Bucket } from '../../s3/collect.ts';
import { isAddressOfEc2, websiteBucket } from '../dangling.ts';

const addresses = grouped(({ name }: Address) => name);
const interfaces = grouped(({ publicAddresses }: NetworkInterface) => publicAddresses);
const buckets = grouped(({ name }: Bucket) => name);
const NOT_ALL_READ = 'unsupported: it may be in a region that was not asked';

export const route53DanglingIp = defineCheck({
  id: 'route53-dangling-ip',
  title: 'No record points at an address that was given back',
  service: 'route53',
  depth: 'standard',
  level: 'high',
  category: 'public',
  resourceType: 'AWS::Route53::RecordSet',
  failsWhen:
    "An A record (no alias) of a public zone holds an address of AWS's published ranges for EC2 (a dated data file) that belongs to no Elastic address and no interface of the account in the asked regions; or a CNAME names an S3 website endpoint whose bucket the account does not have. Addresses outside the ranges and private ones pass; what is not found, and may be in a region that was not read, is unknown.",
  remediation: 'Delete the record, or point it at what you own.',
  command: 'aws route53 change-resource-record-sets --hosted-zone-id ZONE --change-batch file://delete.json',
  on: 'route-53:ListHostedZones',
  needs: [
    'route-53:ListResourceRecordSets',
    'ec2:DescribeAddresses',
    'ec2:DescribeNetworkInterfaces',
    's3:ListBuckets',
  ],
  acrossRegions: true,
  judge(_, { detail, list, regions, allRegionsRead }) {
    const isOwn = (address: string): boolean =>
      addresses(list('ec2:DescribeAddresses'), address).length > 0 ||
      interfaces(list('ec2:DescribeNetworkInterfaces'), address).length > 0;
    const hasBucket = (name: string): boolean => buckets(list('s3:ListBuckets'), name).length > 0;
    return (detail('route-53:ListResourceRecordSets') ?? []).map(({ name, type, setId, values }) => {
      const website = type === 'CNAME' ? websiteBucket(values[0] ?? '') : null;
      const lost = values.filter((value) =>
        website === null
          ? type === 'A' && isAddressOfEc2(value) && !isOwn(value)
          : !hasBucket(website.bucket),
      );
      const isAllRead = allRegionsRead || (website !== null && regions.includes(website.region));
      const subKey = [name, type, ...(setId === null ? [] : [setId])].join(' ');
      if (lost.length > 0 && !isAllRead) return { ...unknown(NOT_ALL_READ), subKey };
      return { ...failIf(lost.length > 0, { record: name, type, lost }), subKey };
    });
  },
});
