import type { Behaviour, Distribution, DistributionOrigin } from './collect.ts';

/** Versions before TLS 1.2, as origins and as policies for viewers name them. Later ones are none of these. */
export const OLD_TLS: readonly string[] = ['SSLv3', 'TLSv1', 'TLSv1.1', 'TLSv1_2016', 'TLSv1.1_2016'];

/** Behaviours that answer plain HTTP. */
export function plainBehaviours(behaviours: readonly Behaviour[]): Behaviour[] {
  return behaviours.filter(({ viewerProtocol }) => viewerProtocol === 'allow-all');
}

/** Origins that CloudFront asks by plain HTTP: always, or when it was asked so itself. */
export function plainOrigins({ origins, behaviours }: Distribution): DistributionOrigin[] {
  const plain = plainBehaviours(behaviours);
  return origins.filter(({ originId, kind, protocol }) => {
    if (kind === 'vpc') return false;
    if (protocol === 'http-only') return true;
    const follows = kind === 's3' || protocol === 'match-viewer';
    return follows && plain.some(({ originIds }) => originIds.includes(originId));
  });
}
