import { setting } from '../config/setting.ts';
import { flag } from '../config/types.ts';

/** Plans, for installations that sell them; what each organisation has, vedette organisation plan sets. */
export const planSettings = {
  enabled: setting(
    'VEDETTE_PLANS',
    flag(false),
    'Hold organisations to the limits of their plans; off, nothing is limited and nothing says so.',
  ),
};
