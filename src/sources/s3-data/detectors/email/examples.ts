import type { Examples } from '../detector.ts';

export const examples: Examples = {
  positive: [
    'contact <«john.smith@example.com»> now',
    'user=«a@b.co»;',
    '"email":"«o+tag1.brown@mail.example.co.uk»"',
    'Write to «kim@example.org».',
    '..«dots@example.com»',
    'mailto:«x_y%z@sub-domain.example.io»',
    'ü«ber@example.de»',
  ],
  benign: [
    'li@localhost',
    '@example.com',
    'john@',
    'john@example.c',
    'john@example.123',
    'john@-example.com',
    'john@example-.com',
    'john@example..com',
    'john@example.com_bak',
    'john.@example.com',
    'git@github',
    `${'a'.repeat(65)}@example.com`,
  ],
};
