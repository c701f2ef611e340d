import { z } from 'zod';
import type { Invitation } from '../../model/invitation.ts';
import { isEmail, MEMBER_ORIGINS } from '../../model/person.ts';
import type { Member } from '../../model/person.ts';
import { otp, role } from './access.ts';
import { time } from './common.ts';

export const email = z
  .string()
  .trim()
  .max(254)
  .refine(isEmail, { error: 'is no e-mail address of ASCII characters' });

export const member = z
  .object({
    userId: z.int(),
    email: z.string(),
    name: z.string(),
    role,
    origin: z.enum(MEMBER_ORIGINS),
    joinedAt: time,
    joinedBy: z.string(),
    lastSignInAt: time.nullable(),
    disabledAt: time.nullable(),
    hasSecondFactor: z.boolean().nullable().meta({ description: 'Null for whoever may not manage people.' }),
  })
  .meta({ id: 'Member' }) satisfies z.ZodType<Member>;
export type { Member };
export const memberList = z.object({ members: z.array(member) }).meta({ id: 'MemberList' });
export type MemberList = z.output<typeof memberList>;
export const changeMemberRequest = z.strictObject({ role }).meta({ id: 'ChangeMemberRequest' });
export type ChangeMemberRequest = z.output<typeof changeMemberRequest>;

/** Judged where it is known whose it is; never longer than anybody types. */
const password = z.string().max(1024);

export const setPasswordRequest = z
  .strictObject({ code: z.string().max(200), password })
  .meta({ id: 'SetPasswordRequest' });
export type SetPasswordRequest = z.output<typeof setPasswordRequest>;
export const passwordSet = z.object({ email: z.string() }).meta({ id: 'PasswordSet' });
export type PasswordSet = z.output<typeof passwordSet>;
export const changePasswordRequest = z
  .strictObject({ currentPassword: password, password })
  .meta({ id: 'ChangePasswordRequest' });
export type ChangePasswordRequest = z.output<typeof changePasswordRequest>;
export const passwordResetRequest = z.strictObject({ email }).meta({ id: 'PasswordResetRequest' });
export type PasswordResetRequest = z.output<typeof passwordResetRequest>;
/** The same whether the address is anybody's or not. */
export const passwordResetAsked = z.object({ accepted: z.literal(true) }).meta({ id: 'PasswordResetAsked' });
export const confirmEmailRequest = z
  .strictObject({ code: z.string().max(200) })
  .meta({ id: 'ConfirmEmailRequest' });
export type ConfirmEmailRequest = z.output<typeof confirmEmailRequest>;
export const changeOrganizationRequest = z
  .strictObject({ organizationId: z.string().max(64) })
  .meta({ id: 'ChangeOrganizationRequest' });

/** A time, and what is left of the codes for when the app is lost. */
export const secondFactor = z
  .object({
    since: time.nullable().meta({ description: 'Null where there is none.' }),
    recoveryCodesLeft: z.int(),
  })
  .meta({ id: 'SecondFactor' });
export type SecondFactor = z.output<typeof secondFactor>;
export const beginSecondFactorRequest = z
  .strictObject({ currentPassword: password })
  .meta({ id: 'BeginSecondFactorRequest' });
export type BeginSecondFactorRequest = z.output<typeof beginSecondFactorRequest>;
export const begunSecondFactor = z
  .object({
    secret: z.string().meta({ description: 'In base 32, for an app that is typed to. Shown this once.' }),
    otpauthUrl: z.string().meta({ description: 'The same as a link that authenticator apps open.' }),
  })
  .meta({ id: 'BegunSecondFactor' });
export type BegunSecondFactor = z.output<typeof begunSecondFactor>;
export const confirmSecondFactorRequest = z.strictObject({ otp }).meta({ id: 'ConfirmSecondFactorRequest' });
export type ConfirmSecondFactorRequest = z.output<typeof confirmSecondFactorRequest>;
export const recoveryCodes = z
  .object({ recoveryCodes: z.array(z.string()).meta({ description: 'Each works once. Shown this once.' }) })
  .meta({ id: 'RecoveryCodes' });
export type RecoveryCodes = z.output<typeof recoveryCodes>;
export const renewRecoveryCodesRequest = z
  .strictObject({ currentPassword: password, otp })
  .meta({ id: 'RenewRecoveryCodesRequest' });
export type RenewRecoveryCodesRequest = z.output<typeof renewRecoveryCodesRequest>;
export const removeSecondFactorRequest = z
  .strictObject({ currentPassword: password, otp })
  .meta({ id: 'RemoveSecondFactorRequest' });
export type RemoveSecondFactorRequest = z.output<typeof removeSecondFactorRequest>;

export const invitation = z
  .object({
    id: z.int(),
    email: z.string(),
    role,
    createdAt: time,
    createdBy: z.string(),
    expiresAt: time,
    sentAt: time.nullable(),
  })
  .meta({ id: 'Invitation' }) satisfies z.ZodType<Invitation>;
export type { Invitation };
export const invitationList = z.object({ invites: z.array(invitation) }).meta({ id: 'InvitationList' });
export type InvitationList = z.output<typeof invitationList>;
export const inviteRequest = z
  .strictObject({ email, role: role.default('MEMBER') })
  .meta({ id: 'InviteRequest' });
export type InviteRequest = z.input<typeof inviteRequest>;
export const invited = invitation
  .extend({
    link: z.string().nullable().meta({ description: 'Shown this once; null where it was sent by e-mail.' }),
  })
  .meta({ id: 'Invited' });
export type Invited = z.output<typeof invited>;
export const showInvitationRequest = z
  .strictObject({ code: z.string().max(200) })
  .meta({ id: 'ShowInvitationRequest' });
export const shownInvitation = z
  .object({
    organizationId: z.string(),
    organizationName: z.string(),
    email: z.string(),
    role,
    expiresAt: time,
    hasPassword: z.boolean(),
  })
  .meta({ id: 'ShownInvitation' });
export type ShownInvitation = z.output<typeof shownInvitation>;
export const acceptInvitationRequest = z
  .strictObject({
    code: z.string().max(200),
    name: z.string().trim().max(100).default(''),
    password,
    otp: otp.optional(),
  })
  .meta({ id: 'AcceptInvitationRequest' });
export type AcceptInvitationRequest = z.input<typeof acceptInvitationRequest>;
