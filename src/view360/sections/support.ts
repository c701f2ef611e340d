import {
  DescribeEventDetailsCommand,
  HealthClient,
  paginateDescribeAffectedEntities,
  paginateDescribeEvents,
} from '@aws-sdk/client-health';
import {
  paginateDescribeCases,
  SupportClient,
  DescribeTrustedAdvisorCheckResultCommand,
  DescribeTrustedAdvisorChecksCommand,
} from '@aws-sdk/client-support';
import { allOf } from '../../collect/call.ts';
import { addDays } from '../periods.ts';
import { collector } from './section.ts';
import type { Row, Scope, Section } from './section.ts';

const LANGUAGE = 'en';
const CASES_AT_ONCE = 100;
const DETAILS_AT_ONCE = 10;
const HEALTH_DAYS = 90;
const REDACTED = '[redacted]';

/** Support cases that were open or were answered in the period; those that were resolved too, or they would stay open. */
export const supportTickets: Section = {
  name: 'support_tickets',
  kind: 'period',
  shape: 'object',
  parts: {
    '': collector({
      calls: ['support:DescribeCases'],
      where: 'account',
      async collect(scope) {
        const { clients, region, period, includeContacts } = scope;
        const client = clients.of(SupportClient, region);
        const cases = await allOf(
          paginateDescribeCases(
            { client, pageSize: CASES_AT_ONCE },
            {
              afterTime: `${period.start}T00:00:00Z`,
              beforeTime: `${period.end}T00:00:00Z`,
              includeResolvedCases: true,
              includeCommunications: true,
            },
          ),
          (page) => page.cases,
        );
        if (!includeContacts) {
          for (const path of ['subject', 'submitted_by']) scope.redacted(`support_tickets.tickets[].${path}`);
        }
        return {
          date_from: period.start,
          date_to: period.end,
          total_tickets: cases.length,
          tickets: cases.map((one) => ({
            case_id: one.caseId,
            display_id: one.displayId,
            subject: includeContacts ? one.subject : REDACTED,
            status: one.status,
            severity_code: one.severityCode,
            service_code: one.serviceCode,
            category_code: one.categoryCode,
            time_created: one.timeCreated,
            submitted_by: includeContacts ? one.submittedBy : REDACTED,
            language: one.language,
            last_communication_at: one.recentCommunications?.communications?.[0]?.timeCreated,
          })),
        };
      },
    }),
  },
};

export const trustedAdvisor: Section = {
  name: 'trusted_advisor',
  kind: 'snapshot',
  shape: 'list',
  parts: {
    '': collector({
      calls: ['support:DescribeTrustedAdvisorChecks', 'support:DescribeTrustedAdvisorCheckResult'],
      where: 'account',
      async collect(scope) {
        const client = scope.clients.of(SupportClient, scope.region);
        const { checks = [] } = await client.send(
          new DescribeTrustedAdvisorChecksCommand({ language: LANGUAGE }),
        );
        const rows: Row[] = [];
        for (const check of checks) {
          try {
            const { result } = await client.send(
              new DescribeTrustedAdvisorCheckResultCommand({ checkId: check.id, language: LANGUAGE }),
            );
            const savings = result?.categorySpecificSummary?.costOptimizing;
            rows.push({
              check_id: check.id,
              language: LANGUAGE,
              check_name: check.name,
              category: check.category,
              severity: result?.status,
              recommendation: check.description,
              resources_processed: result?.resourcesSummary?.resourcesProcessed,
              affected_resources_count: result?.resourcesSummary?.resourcesFlagged,
              resources_suppressed: result?.resourcesSummary?.resourcesSuppressed,
              potential_savings: savings?.estimatedMonthlySavings,
              potential_savings_percentage: savings?.estimatedPercentMonthlySavings,
              timestamp: result?.timestamp,
              resources: (result?.flaggedResources ?? []).map((one) => ({
                resource_id: one.resourceId,
                status: one.status,
                region: one.region,
                is_suppressed: one.isSuppressed,
                metadata: Object.fromEntries(
                  (check.metadata ?? []).map((name, at) => [name, one.metadata?.[at] ?? null]),
                ),
              })),
            });
          } catch (error) {
            scope.warn(error, 'support:DescribeTrustedAdvisorCheckResult');
          }
        }
        return rows;
      },
    }),
  },
};

export const health: Section = {
  name: 'health',
  kind: 'snapshot',
  shape: 'list',
  parts: {
    '': collector({
      calls: ['health:DescribeEvents', 'health:DescribeEventDetails', 'health:DescribeAffectedEntities'],
      where: 'account',
      collect: healthEvents,
    }),
  },
};

async function healthEvents(scope: Scope): Promise<Row[]> {
  const client = scope.clients.of(HealthClient, scope.region);
  const from = new Date(`${addDays(scope.today, -HEALTH_DAYS)}T00:00:00Z`);
  const events = await allOf(
    paginateDescribeEvents({ client }, { filter: { lastUpdatedTimes: [{ from }] } }),
    (page) => page.events,
  );
  const texts = new Map<string, string>();
  const affected = new Map<string, number>();
  for (let at = 0; at < events.length; at += DETAILS_AT_ONCE) {
    const eventArns = events.slice(at, at + DETAILS_AT_ONCE).flatMap(({ arn }) => arn ?? []);
    try {
      const { successfulSet = [] } = await client.send(new DescribeEventDetailsCommand({ eventArns }));
      for (const { event, eventDescription } of successfulSet) {
        if (event?.arn !== undefined) texts.set(event.arn, eventDescription?.latestDescription ?? '');
      }
      const entities = await allOf(
        paginateDescribeAffectedEntities({ client }, { filter: { eventArns } }),
        (page) => page.entities,
      );
      for (const { eventArn } of entities) {
        if (eventArn !== undefined) affected.set(eventArn, (affected.get(eventArn) ?? 0) + 1);
      }
    } catch (error) {
      scope.warn(error, 'health:DescribeEventDetails');
    }
  }
  return events.map((one) => ({
    arn: one.arn,
    service: one.service,
    event_type_code: one.eventTypeCode,
    event_type_category: one.eventTypeCategory,
    region: one.region,
    availability_zone: one.availabilityZone,
    start_time: one.startTime,
    end_time: one.endTime,
    last_updated_time: one.lastUpdatedTime,
    status_code: one.statusCode,
    event_scope_code: one.eventScopeCode,
    affected_count: affected.get(one.arn ?? '') ?? 0,
    latest_description: texts.get(one.arn ?? ''),
  }));
}
