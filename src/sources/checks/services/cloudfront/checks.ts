import type { Check } from '../../catalogue.ts';
import { cloudfrontCustomCert } from './checks/cloudfront-custom-cert.ts';
import { cloudfrontDefaultRoot } from './checks/cloudfront-default-root.ts';
import { cloudfrontGeoRestriction } from './checks/cloudfront-geo-restriction.ts';
import { cloudfrontHttpsOrigin } from './checks/cloudfront-https-origin.ts';
import { cloudfrontHttpsViewer } from './checks/cloudfront-https-viewer.ts';
import { cloudfrontLogging } from './checks/cloudfront-logging.ts';
import { cloudfrontOldTls } from './checks/cloudfront-old-tls.ts';
import { cloudfrontOriginAccessControl } from './checks/cloudfront-origin-access-control.ts';
import { cloudfrontOriginMissingBucket } from './checks/cloudfront-origin-missing-bucket.ts';
import { cloudfrontSni } from './checks/cloudfront-sni.ts';
import { cloudfrontWaf } from './checks/cloudfront-waf.ts';

export const cloudfrontChecks: readonly Check[] = [
  cloudfrontCustomCert,
  cloudfrontDefaultRoot,
  cloudfrontGeoRestriction,
  cloudfrontHttpsOrigin,
  cloudfrontHttpsViewer,
  cloudfrontLogging,
  cloudfrontOldTls,
  cloudfrontOriginAccessControl,
  cloudfrontOriginMissingBucket,
  cloudfrontSni,
  cloudfrontWaf,
];
