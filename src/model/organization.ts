/** Whose data it is: one team, or one customer of an installation that serves many. Times are ISO 8601 in UTC. */
export interface Organization {
  /** Never changes; it stands in ids of workflows and names of folders. */
  organizationId: string;
  /** What people call it. */
  name: string;
  createdAt: string;
  createdBy: string;
  /** When its deletion began; null for one that is there. */
  deletedAt: string | null;
  /** Whether the profiles, recipients and channels of the installation are its. */
  own: boolean;
}

/** An organisation with how much there is of it, for those who run the installation. */
export interface OrganizationOverview extends Organization {
  accounts: number;
  scans: number;
  lastScanAt: string | null;
}

/** What there was of an organisation that is gone. */
export interface OrganizationEnd {
  rows: number;
  /** Results of scans that were kept. */
  files: number;
  schedules: number;
  workflows: number;
}

/** Which organisation ends, and by whom. */
export interface EndingOrganization {
  organizationId: string;
  by: { actor: string; userId: number | null };
}

/** Plain enough for ids, addresses and command lines; the one of older installations may be otherwise. */
export const ORGANIZATION_ID = /^[a-z0-9][a-z0-9-]{0,62}$/;
