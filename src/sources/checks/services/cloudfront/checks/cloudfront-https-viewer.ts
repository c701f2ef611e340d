import { defineCheck, failIf } from '../../../catalogue.ts';
import { plainBehaviours } from '../origins.ts';

export const cloudfrontHttpsViewer = defineCheck({
  id: 'cloudfront-https-viewer',
  title: 'Viewers must use HTTPS',
  service: 'cloudfront',
  depth: 'quick',
  level: 'medium',
  category: 'transit',
  resourceType: 'AWS::CloudFront::Distribution',
  failsWhen: 'The default or any other cache behaviour has ViewerProtocolPolicy allow-all.',
  remediation: 'Redirect viewers to HTTPS in every behaviour.',
  command:
    'aws cloudfront update-distribution --id ID --if-match ETAG --distribution-config file://config.json',
  on: 'cloudfront:ListDistributions',
  judge({ behaviours }) {
    const paths = plainBehaviours(behaviours).map(({ path }) => path);
    return failIf(paths.length > 0, { paths });
  },
});
