import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { CoverageReport } from '../../../../../src/api/schemas/coverage.ts';
import { useScopedAccounts } from '../../../app/scope.ts';
import { Fact, Facts, Page, Section } from '../../../components/page.tsx';
import { QueryView } from '../../../components/states.tsx';
import { CoverageTabs } from '../shared/coverage-tabs.tsx';
import { NoScan } from '../shared/no-scan.tsx';
import { coverageQuery, fileAddress } from '../shared/queries.ts';
import { Controls } from './controls.tsx';
import { Matrix } from './matrix.tsx';
import { Unseen } from './unseen.tsx';

/** Which techniques of ATT&CK the accounts would notice. */
export function MatrixPage() {
  const account = useScopedAccounts();
  const query = useQuery(coverageQuery({ account }));
  return (
    <Page
      title="Coverage"
      lead="Which techniques of MITRE ATT&CK the detections of the accounts would notice."
      actions={
        query.data !== undefined &&
        query.data.accounts.length > 0 && (
          <>
            <a className="button" href={fileAddress('report', { account })} download>
              Report to print
            </a>
            <a className="button" href={fileAddress('layer', { account })} download="coverage-layer.json">
              Layer for the Navigator
            </a>
          </>
        )
      }
    >
      <CoverageTabs />
      <QueryView query={query}>
        {(report) => (report.accounts.length === 0 ? <NoScan /> : <Report report={report} />)}
      </QueryView>
    </Page>
  );
}

function Report({ report }: { report: CoverageReport }) {
  const { summary } = report;
  const { detections } = summary;
  return (
    <>
      <Facts>
        <Fact name="Covered">{summary.covered}</Fact>
        <Fact name="Partial">{summary.partial}</Fact>
        <Fact name="Uncovered">{summary.uncovered}</Fact>
        <Fact name="By detections alone">{summary.coveredByDetections} covered</Fact>
        <Fact name="Detections">
          <Link to="/coverage/detections">
            {detections.healthy} healthy, {detections.broken} broken, {detections.unknown} not known
          </Link>
        </Fact>
      </Facts>
      <Unseen unknown={summary.unknown} />
      <Section title={`ATT&CK ${report.attackVersion}`}>
        <Matrix report={report} />
      </Section>
      <Section title="Controls">
        <Controls controls={report.controls} />
      </Section>
    </>
  );
}
