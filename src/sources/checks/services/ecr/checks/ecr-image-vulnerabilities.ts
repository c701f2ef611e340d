import { defineCheck, failIf, unknown } from '../../../catalogue.ts';

/** From the least serious on; others are none. */
const SEVERITIES = ['INFORMATIONAL', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL'];

export const ecrImageVulnerabilities = defineCheck({
  id: 'ecr-image-vulnerabilities',
  title: 'Latest image has no serious vulnerability',
  service: 'ecr',
  depth: 'deep',
  level: 'medium',
  category: 'vuln',
  resourceType: 'AWS::ECR::Repository',
  failsWhen:
    'The image pushed last has findings of min_severity or above, was never scanned, or its scan failed. An empty repository gets no verdict; a scan in progress is unknown.',
  remediation: 'Rebuild on a patched base image.',
  parameters: { min_severity: 'MEDIUM' },
  on: 'ecr:DescribeRepositories',
  needs: ['ecr:DescribeImages', 'ecr:DescribeImageScanFindings'],
  judge(_, { detail, parameters }) {
    const image = detail('ecr:DescribeImages');
    if (image === null) return null;
    const { status, counts } = detail('ecr:DescribeImageScanFindings') ?? { status: null, counts: {} };
    if (status === 'IN_PROGRESS' || status === 'PENDING')
      return unknown('The scan of the image is under way.');
    const isScanned = status === 'COMPLETE' || status === 'ACTIVE';
    const serious = SEVERITIES.slice(SEVERITIES.indexOf(parameters.min_severity)).filter(
      (severity) => (counts[severity] ?? 0) > 0,
    );
    return failIf(!isScanned || serious.length > 0, { ...image, status, counts });
  },
});
