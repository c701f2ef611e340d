import type { RoleAccountList, RoleOffer } from '../../../../../src/api/schemas/accounts.ts';
import type { Organization, OrganizationSettings } from '../../../../../src/api/schemas/organizations.ts';
import { read } from '../../../api/read.ts';

export const organisationQuery = read<Organization>('organisation', '/organization');
export const organisationSettingsQuery = read<OrganizationSettings>('organisation', '/organization/settings');
export const roleAccountsQuery = read<RoleAccountList>('accounts', '/accounts/roles');
export const roleOfferQuery = read<RoleOffer>('organisation', '/accounts/role-offer');
