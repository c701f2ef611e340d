import { z } from 'zod';
import { ORGANIZATION_ID } from '../../model/organization.ts';
import type { Organization, OrganizationOverview } from '../../model/organization.ts';
import { count, time } from './common.ts';

const name = z.string().trim().min(1).max(100);

export const organization = z
  .object({
    organizationId: z.string(),
    name: z.string(),
    createdAt: time,
    createdBy: z.string(),
    deletedAt: time.nullable().meta({ description: 'When its deletion began; null for one that is there.' }),
    own: z.boolean().meta({ description: 'Whether the installation is run by it.' }),
  })
  .meta({ id: 'Organisation' }) satisfies z.ZodType<Organization>;
export type { Organization };

export const organizationList = z
  .object({
    organizations: z.array(
      organization.extend({ accounts: count, scans: count, lastScanAt: time.nullable() }),
    ),
  })
  .meta({ id: 'OrganisationList' }) satisfies z.ZodType<{ organizations: OrganizationOverview[] }>;

export const organizationParameter = z.object({ organization: z.string().min(1).max(64) });
export const newOrganization = z
  .strictObject({
    organizationId: z
      .string()
      .regex(
        ORGANIZATION_ID,
        'expected up to 63 small letters, digits and dashes, not beginning with a dash',
      ),
    name: name.optional(),
  })
  .meta({ id: 'NewOrganisation' });
export const organizationName = z.strictObject({ name }).meta({ id: 'OrganisationName' });

export const organizationSettings = z
  .object({
    settings: z.array(
      z.object({
        name: z.string(),
        description: z.string(),
        value: z
          .string()
          .nullable()
          .meta({ description: 'As the environment has it; null where that of the installation holds.' }),
        updatedAt: time.nullable(),
        updatedBy: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'OrganisationSettings' });
export type OrganizationSettings = z.output<typeof organizationSettings>;
export const organizationSettingValues = z
  .strictObject({
    values: z
      .record(z.string().max(64), z.string().max(4000).nullable())
      .meta({ description: 'By name; null for what the installation has.' }),
  })
  .meta({ id: 'OrganisationSettingValues' });
