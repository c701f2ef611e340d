import { Empty } from '../../../components/states.tsx';

export function NoScan() {
  return (
    <Empty title="No scan has looked for detections yet">
      <p>
        Run <code>vedette scan run --source detections</code>.
      </p>
    </Empty>
  );
}
