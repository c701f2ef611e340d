import type { Examples } from '../detector.ts';

export const examples: Examples = {
  positive: [
    'aws_secret_access_key: «wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY»',
    'AKIAIOSFODNN7EXAMPLE,«wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY»',
    '"SecretAccessKey": "«wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY»"',
  ],
  benign: [
    'checksum wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    'aws sha1 da39a3ee5e6b4b0d3255bfef95601890afd80709',
    'secret: wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEYA',
    'aws_secret_access_key=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY=',
  ],
};
