import {
  ApplicationSignalsClient,
  BatchGetServiceLevelObjectiveBudgetReportCommand,
  paginateListServiceLevelObjectives,
  paginateListServices,
} from '@aws-sdk/client-application-signals';
import { allOf } from '../../collect/call.ts';
import { addDays } from '../periods.ts';
import { collector } from './section.ts';
import type { Row, Scope, Section } from './section.ts';

const REPORTS_AT_ONCE = 50;

/** Services that CloudWatch Application Signals knows. */
export const application: Section = {
  name: 'application',
  kind: 'snapshot',
  shape: 'list',
  parts: {
    '': collector({
      calls: ['application-signals:ListServices'],
      where: 'region',
      async collect({ clients, region, today }) {
        const client = clients.of(ApplicationSignalsClient, region);
        const window = { StartTime: at(addDays(today, -1)), EndTime: at(today) };
        const services = await allOf(
          paginateListServices({ client }, window),
          (page) => page.ServiceSummaries,
        );
        return services.map((one) => ({
          service_name: one.KeyAttributes?.['Name'],
          environment: one.KeyAttributes?.['Environment'] ?? '',
          namespace: one.MetricReferences?.[0]?.Namespace,
          key_attributes: one.KeyAttributes,
          attribute_map: one.AttributeMaps,
          metric_references: one.MetricReferences?.map(({ Namespace, MetricType, MetricName }) => ({
            Namespace,
            MetricType,
            MetricName,
          })),
          window_start: window.StartTime,
          window_end: window.EndTime,
          region,
        }));
      },
    }),
  },
};

/** What these services promise, and whether they keep it. */
export const applicationSlos: Section = {
  name: 'application_slos',
  kind: 'snapshot',
  shape: 'list',
  parts: {
    '': collector({
      calls: [
        'application-signals:ListServiceLevelObjectives',
        'application-signals:BatchGetServiceLevelObjectiveBudgetReport',
      ],
      where: 'region',
      collect: objectives,
    }),
  },
};

async function objectives(scope: Scope): Promise<Row[]> {
  const { clients, region, today } = scope;
  const client = clients.of(ApplicationSignalsClient, region);
  const found = await allOf(paginateListServiceLevelObjectives({ client }, {}), (page) => page.SloSummaries);
  const reports = new Map<string, Row>();
  for (let from = 0; from < found.length; from += REPORTS_AT_ONCE) {
    const SloIds = found.slice(from, from + REPORTS_AT_ONCE).flatMap(({ Arn }) => Arn ?? []);
    try {
      const { Reports = [] } = await client.send(
        new BatchGetServiceLevelObjectiveBudgetReportCommand({ Timestamp: at(today), SloIds }),
      );
      for (const report of Reports) {
        reports.set(report.Arn ?? '', {
          budget_status: report.BudgetStatus,
          attainment: report.Attainment,
          attainment_goal: report.Goal?.AttainmentGoal,
        });
      }
    } catch (error) {
      scope.warn(error, 'application-signals:BatchGetServiceLevelObjectiveBudgetReport');
    }
  }
  return found.map((one) => ({
    arn: one.Arn,
    name: one.Name,
    service_name: one.KeyAttributes?.['Name'],
    ...reports.get(one.Arn ?? ''),
    region,
  }));
}

function at(day: string): Date {
  return new Date(`${day}T00:00:00Z`);
}
