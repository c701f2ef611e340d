import { join } from 'node:path';
import { VedetteError } from '../../errors.ts';
import { packageRoot } from '../../package-root.ts';
import { childEnvironment } from '../../processes/environment.ts';
import { runProcess } from '../../processes/run-process.ts';
import type { Phase, SimulatedAccount } from './simulated-account.ts';

interface SeedInput {
  python: string;
  account: SimulatedAccount;
  phase: Phase;
  port: number;
  onProgress: (line: string) => void;
  signal: AbortSignal;
}

/** Changes one account to a phase. @throws VedetteError `setup-failed` with what went wrong last. */
export async function seedAccount({
  python,
  account,
  phase,
  port,
  onProgress,
  signal,
}: SeedInput): Promise<void> {
  const lines: string[] = [];
  const args = [
    join(packageRoot(), 'simulated-aws', 'seed_account.py'),
    String(phase),
    '--prefix',
    account.prefix,
    '--regions',
    ...account.regions,
  ];
  const { exitCode } = await runProcess(python, args, {
    environment: {
      ...childEnvironment(),
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'testing',
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
      NO_PROXY: '127.0.0.1',
      no_proxy: '127.0.0.1',
    },
    signal,
    onLine: (line) => lines.push(line),
  });
  if (exitCode === 0) {
    onProgress(`simulated account ${account.accountId}: ${lines.at(-1) ?? 'seeded'}`);
    return;
  }
  const lastLines = lines.slice(-15);
  throw new VedetteError(
    'setup-failed',
    `The simulated account ${account.accountId} could not be filled: ${lastLines.at(-1) ?? `exit code ${exitCode}`}`,
    { lastLines },
  );
}
