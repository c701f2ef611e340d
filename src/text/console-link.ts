/** Hosts of the AWS console, by the partition that ARNs name. */
const HOSTS: Readonly<Record<string, string>> = {
  aws: 'console.aws.amazon.com',
  'aws-cn': 'console.amazonaws.cn',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
};
const ARN = /^arn:(?<partition>[a-z-]+):[a-z0-9-]+:[a-z0-9-]*:\d*:(?<resource>.+)$/s;
/** What we call a region or an account as a whole; the console has no page for it. */
const NO_PAGE = /^(?:region|account)$/;

/** Where the AWS console shows a resource, by its ARN; null where it shows none. */
export function consoleLink(arn: unknown): string | null {
  const { partition = '', resource = '' } = (typeof arn === 'string' ? ARN.exec(arn)?.groups : null) ?? {};
  if (!Object.hasOwn(HOSTS, partition) || NO_PAGE.test(resource)) return null;
  return `https://${HOSTS[partition]}/go/view?arn=${encodeURIComponent(String(arn))}`;
}
