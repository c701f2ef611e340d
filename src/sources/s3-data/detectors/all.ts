import { awsAccessKey } from './aws-access-key/detector.ts';
import { awsSecretKey } from './aws-secret-key/detector.ts';
import { brCnpj } from './br-cnpj/detector.ts';
import { brCpf } from './br-cpf/detector.ts';
import { creditCard } from './credit-card/detector.ts';
import type { Detector } from './detector.ts';
import { email } from './email/detector.ts';
import { githubToken } from './github-token/detector.ts';
import { googleApiKey } from './google-api-key/detector.ts';
import { iban } from './iban/detector.ts';
import { ipv4 } from './ipv4/detector.ts';
import { jwt } from './jwt/detector.ts';
import { passport } from './passport/detector.ts';
import { password } from './password/detector.ts';
import { privateKey } from './private-key/detector.ts';
import { slackToken } from './slack-token/detector.ts';
import { ssn } from './ssn/detector.ts';
import { stripeKey } from './stripe-key/detector.ts';
import { ukNino } from './uk-nino/detector.ts';
import { usPhone } from './us-phone/detector.ts';

/** Those that a scan uses that names none. */
export const DEFAULT_DETECTORS: readonly Detector[] = [ssn, creditCard, awsAccessKey, email, usPhone];

/** Every detector of the product; a new one is one more here. */
export const ALL_DETECTORS: readonly Detector[] = [
  ...DEFAULT_DETECTORS,
  awsSecretKey,
  privateKey,
  githubToken,
  slackToken,
  stripeKey,
  googleApiKey,
  jwt,
  iban,
  password,
  ukNino,
  brCpf,
  brCnpj,
  ipv4,
  passport,
];
