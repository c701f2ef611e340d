import { secret, setting } from '../config/setting.ts';
import { flag, text } from '../config/types.ts';

/** Plans, for installations that sell them. */
export const planSettings = {
  enabled: setting(
    'VEDETTE_PLANS',
    flag(false),
    'Hold organisations to the limits of their plans; off, nothing is limited and nothing says so.',
  ),
  stripeKey: secret(
    'VEDETTE_STRIPE_KEY',
    text,
    'Secret key of Stripe; without it, plans are set by vedette organisation plan.',
  ),
  stripeWebhookSecret: secret(
    'VEDETTE_STRIPE_WEBHOOK_SECRET',
    text,
    'What Stripe signs its messages to /api/v1/billing/webhook with, `whsec_…`.',
  ),
  stripePriceIndividual: setting(
    'VEDETTE_STRIPE_PRICE_INDIVIDUAL',
    text,
    'Id of the price of the tier INDIVIDUAL at Stripe.',
  ),
  stripePricePro: setting('VEDETTE_STRIPE_PRICE_PRO', text, 'Id of the price of the tier PRO at Stripe.'),
  stripeApi: setting(
    'VEDETTE_STRIPE_API',
    text,
    'Where the API of Stripe is, `http://host:port`; default is Stripe itself.',
  ),
};
