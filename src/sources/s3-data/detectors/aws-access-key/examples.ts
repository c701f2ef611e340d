import type { Examples } from '../detector.ts';

export const examples: Examples = {
  positive: [
    'aws_access_key_id = «AKIAIOSFODNN7EXAMPLE»',
    '"accessKeyId":"«ASIA0123456789ABCDEF»"',
    '/«AKIAIOSFODNN7EXAMPLE»/',
  ],
  benign: [
    'AKIAIOSFODNN7EXAMPL',
    'AKIAIOSFODNN7EXAMPLES',
    'akiaiosfodnn7example',
    'XAKIAIOSFODNN7EXAMPLE',
    'AKIAIOSFODNN7EXAMPLe',
    'AROAIOSFODNN7EXAMPLE',
    '_AKIAIOSFODNN7EXAMPLE',
  ],
};
