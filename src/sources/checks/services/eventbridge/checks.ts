import type { Check } from '../../catalogue.ts';
import { eventsBusExposed } from './checks/events-bus-exposed.ts';

export const eventbridgeChecks: readonly Check[] = [eventsBusExposed];
