/** One operation of one service in one region. */
export interface AwsCall {
  /** AWS's own id of the service in lower case, as its SDK's packages are named: `s3`, `cloudwatch-logs`. */
  service: string;
  /** As AWS's API names it: `ListBuckets`. */
  operation: string;
  region: string;
}

/** A service's id in the SDK (`CloudWatch Logs`) as calls name it. */
export function serviceName(serviceId: string): string {
  return serviceId.toLowerCase().replaceAll(' ', '-');
}
