import { join } from 'node:path';
import type { Config } from '../settings.ts';
import type { ArtifactStore } from './artifact-store.ts';

/** Where scans leave their files on this machine: for good, or as copies of what lies in S3. */
export function artifactFolder({ general }: Pick<Config, 'general'>): string {
  return join(general.home, 'artifacts');
}

/** The configured store; the AWS SDK is loaded for one in S3 only. */
export async function openArtifactStore(config: Config): Promise<ArtifactStore> {
  const root = artifactFolder(config);
  const { location } = config.artifacts;
  if (location.startsWith('s3://')) {
    const { S3ArtifactStore } = await import('./s3-artifact-store.ts');
    return new S3ArtifactStore(config, location, root);
  }
  const { FileArtifactStore } = await import('./file-artifact-store.ts');
  return new FileArtifactStore(root);
}
