import { Command } from 'commander';
import { packageVersion } from '../../package-root.ts';
import { write } from '../output/write.ts';

export function versionCommand(): Command {
  return new Command('version')
    .description('the version of vedette')
    .action(() => write(`${packageVersion()}\n`));
}
