import type { RouteTable, Subnet } from '../../../../src/sources/checks/services/vpc/collect.ts';

export const subnet = (more: Partial<Subnet> = {}): Subnet => ({
  id: 'subnet',
  subnetId: 'subnet-1',
  name: null,
  vpcId: 'vpc-1',
  zone: 'eu-west-1a',
  givesPublicAddresses: false,
  givesIpv6Addresses: false,
  ...more,
});

/** The main one of its VPC, which leads nowhere. */
export const routeTable = (more: Partial<RouteTable> = {}): RouteTable => ({
  id: 'rtb',
  vpcId: 'vpc-1',
  isMain: true,
  subnetIds: [],
  defaultGateways: [],
  peerings: [],
  ...more,
});
