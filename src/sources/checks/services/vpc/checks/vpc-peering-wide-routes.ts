import { coversRange } from '../../../address-ranges.ts';
import { defineCheck, failIf, pass } from '../../../catalogue.ts';
import { grouped } from '../../../grouped.ts';
import type { RouteTable } from '../collect.ts';

const tablesOf = grouped(({ peerings }: RouteTable) => [
  ...new Set(peerings.map(({ peeringId }) => peeringId)),
]);

export const vpcPeeringWideRoutes = defineCheck({
  id: 'vpc-peering-wide-routes',
  title: 'Peering routes are narrow',
  service: 'vpc',
  depth: 'standard',
  level: 'medium',
  category: 'access',
  resourceType: 'AWS::EC2::VPCPeeringConnection',
  failsWhen:
    'A route table of the account sends to an active peering connection 0.0.0.0/0, ::/0, or a range that holds a whole CIDR block of requester or accepter.',
  remediation: 'Route only the subnets that need each other.',
  command:
    'aws ec2 replace-route --route-table-id TABLE --destination-cidr-block CIDR --vpc-peering-connection-id PEERING',
  on: 'ec2:DescribeVpcPeeringConnections',
  needs: ['ec2:DescribeRouteTables'],
  judge({ peeringId, status, ranges }, { list }) {
    if (status !== 'active') return pass({ status });
    const routes = tablesOf(list('ec2:DescribeRouteTables'), peeringId).flatMap(({ id, peerings }) =>
      peerings
        .filter((route) => route.peeringId === peeringId)
        .filter(({ range }) => range.endsWith('/0') || ranges.some((block) => coversRange(range, block)))
        .map(({ range }) => ({ routeTable: id, range })),
    );
    return failIf(routes.length > 0, { routes });
  },
});
