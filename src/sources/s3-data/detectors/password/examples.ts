import type { Examples } from '../detector.ts';

export const examples: Examples = {
  positive: [
    '«password = hunter2!»',
    '"«password": "correct horse"»',
    'DB_«PASSWORD=s3cr3t-pass»',
    "«api_key: 'abcdef123456'»",
  ],
  benign: [
    'password = ${DB_PASSWORD}',
    'password: <your password>',
    'password=null',
    'password: ********',
    'the password is kept elsewhere',
    'password: %PASSWORD%',
    'password=short',
    '"password": "{{ vault }}"',
  ],
};
