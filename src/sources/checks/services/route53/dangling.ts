import { BlockList, isIPv4 } from 'node:net';
import { EC2_RANGES } from './ec2-ranges.ts';

let ranges: BlockList | undefined;

/** Whether AWS gives this address to somebody's instance or balancer. */
export function isAddressOfEc2(address: string): boolean {
  if (!isIPv4(address)) return false;
  if (ranges === undefined) {
    ranges = new BlockList();
    for (const range of EC2_RANGES) {
      const [network = '', prefix] = range.split('/');
      ranges.addSubnet(network, Number(prefix), 'ipv4');
    }
  }
  return ranges.check(address, 'ipv4');
}

/** The bucket that a website endpoint of S3 serves, and where: `assets.s3-website-eu-west-1.amazonaws.com`. */
export function websiteBucket(name: string): { bucket: string; region: string } | null {
  const [, bucket, region] =
    /^(.+)\.s3-website[.-]([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\.?$/.exec(name.toLowerCase()) ?? [];
  return bucket === undefined || region === undefined ? null : { bucket, region };
}
