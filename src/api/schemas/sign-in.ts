import { z } from 'zod';
import type { Identity, Passkey, SignInProvider } from '../../model/identity.ts';
import { otp } from './access.ts';
import { time } from './common.ts';

export const provider = z
  .object({ id: z.string(), name: z.string() })
  .meta({ id: 'SignInProvider' }) satisfies z.ZodType<SignInProvider>;
export const providerList = z.object({ providers: z.array(provider) }).meta({ id: 'SignInProviderList' });
export type ProviderList = z.output<typeof providerList>;
export const providerParameter = z.object({ provider: z.string().max(64) });

/** Of this dashboard: a browser is led nowhere else. */
const path = z
  .string()
  .max(8000)
  .regex(/^\/(?![/\\])[^\\\s]*$/, { error: 'is no path of the dashboard' });

export const beginProviderSignInRequest = z
  .strictObject({
    returnTo: path.default('/').meta({ description: 'The path to go to when all is done.' }),
    purpose: z.enum(['sign-in', 'invitation']).default('sign-in'),
  })
  .meta({ id: 'BeginProviderSignInRequest' });
export type BeginProviderSignInRequest = z.input<typeof beginProviderSignInRequest>;
export const begunAtProvider = z
  .object({ url: z.string().meta({ description: 'Where the browser goes.' }) })
  .meta({ id: 'BegunAtProvider' });
export type BegunAtProvider = z.output<typeof begunAtProvider>;

const returned = {
  state: z.string().max(200),
  code: z.string().min(1).max(4096).optional(),
  iss: z.string().max(255).optional(),
  error: z
    .string()
    .regex(/^[\w.-]{1,64}$/)
    .optional(),
};
const invitation = z.string().max(200).optional().meta({ description: 'The code of the one to accept.' });
export const returnedFromProvider = z.strictObject(returned).meta({ id: 'ReturnedFromProvider' });
export type ReturnedFromProvider = z.output<typeof returnedFromProvider>;
export const providerSignInRequest = z
  .strictObject({ ...returned, invitation })
  .meta({ id: 'ProviderSignInRequest' });
export type ProviderSignInRequest = z.output<typeof providerSignInRequest>;
export const factorSignInRequest = z.strictObject({ otp, invitation }).meta({ id: 'FactorSignInRequest' });
export type FactorSignInRequest = z.output<typeof factorSignInRequest>;
export const signedInByProvider = z.object({ returnTo: z.string() }).meta({ id: 'SignedInByProvider' });
export type SignedInByProvider = z.output<typeof signedInByProvider>;

export const identity = z
  .object({
    id: z.int(),
    provider: z.string(),
    email: z.string().nullable(),
    linkedAt: time,
    lastUsedAt: time.nullable(),
  })
  .meta({ id: 'LinkedAccount' }) satisfies z.ZodType<Omit<Identity, 'userId'>>;
export type LinkedAccount = z.output<typeof identity>;
export const identityList = z.object({ identities: z.array(identity) }).meta({ id: 'LinkedAccountList' });
export type IdentityList = z.output<typeof identityList>;

/** As browsers take and give it; what stands in it, the library for passkeys judges. */
const webAuthn = z.record(z.string(), z.unknown());
const fromBrowser = z
  .object({
    id: z.string().max(2000),
    rawId: z.string().max(2000),
    type: z.literal('public-key'),
    response: webAuthn,
    clientExtensionResults: webAuthn,
    authenticatorAttachment: z.string().max(64).optional(),
  })
  .meta({ id: 'PasskeyResponse', description: 'A PublicKeyCredential as `toJSON` gives it.' });

export const passkeyList = z
  .object({
    passkeys: z.array(
      z.object({ id: z.int(), name: z.string(), createdAt: time, lastUsedAt: time.nullable() }),
    ),
  })
  .meta({ id: 'PasskeyList' }) satisfies z.ZodType<{ passkeys: Passkey[] }>;
export type PasskeyList = z.output<typeof passkeyList>;
export const beginPasskeySignInRequest = z
  .strictObject({ returnTo: path.default('/') })
  .meta({ id: 'BeginPasskeySignInRequest' });
export const askedOfPasskeys = z
  .object({
    state: z.string().meta({ description: 'To be sent back with the answer.' }),
    options: webAuthn.meta({
      description: 'As `parseCreationOptionsFromJSON` or `parseRequestOptionsFromJSON` takes it.',
    }),
  })
  .meta({ id: 'AskedOfPasskeys' });
export type AskedOfPasskeys = z.output<typeof askedOfPasskeys>;
export const passkeySignInRequest = z
  .strictObject({ state: z.string().max(200), response: fromBrowser })
  .meta({ id: 'PasskeySignInRequest' });
export const addPasskeyRequest = z
  .strictObject({
    state: z.string().max(200),
    name: z.string().trim().min(1).max(100),
    response: fromBrowser,
  })
  .meta({ id: 'AddPasskeyRequest' });
