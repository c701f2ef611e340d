import type { Check } from '../../catalogue.ts';
import { accessAnalyzerEnabled } from './checks/access-analyzer-enabled.ts';
import { accessAnalyzerFindingsOpen } from './checks/access-analyzer-findings-open.ts';
import { accountContactCurrent } from './checks/account-contact-current.ts';
import { accountContactsDistinct } from './checks/account-contacts-distinct.ts';
import { accountInOrganization } from './checks/account-in-organization.ts';
import { accountSecurityContact } from './checks/account-security-contact.ts';
import { orgAiOptOut } from './checks/org-ai-opt-out.ts';
import { orgDelegatedAdmins } from './checks/org-delegated-admins.ts';
import { orgScpRegionDeny } from './checks/org-scp-region-deny.ts';

export const accountChecks: readonly Check[] = [
  accessAnalyzerEnabled,
  accessAnalyzerFindingsOpen,
  accountContactCurrent,
  accountContactsDistinct,
  accountInOrganization,
  accountSecurityContact,
  orgAiOptOut,
  orgDelegatedAdmins,
  orgScpRegionDeny,
];
