import { VedetteError } from '../errors.ts';
import { googleAccess } from '../gcp/access.ts';
import type { Project } from '../model/account.ts';
import type { Config } from '../settings.ts';
import { findProject } from '../store/accounts/projects.ts';
import type { Store } from '../store/database/store.ts';
import type { TargetAccess } from './access.ts';

/** @throws VedetteError `account-unknown` also for a project of another organisation */
export async function projectNamed(store: Store, organizationId: string, name: string): Promise<Project> {
  const project = await findProject(store, organizationId, name);
  if (project !== null) return project;
  throw new VedetteError('account-unknown', `The database has no project named ${JSON.stringify(name)}.`, {
    remedy: 'vedette account list shows those that it has.',
  });
}

/** The way into a project of Google Cloud; who looks for credentials of AWS there is told. */
export function projectAccess(project: Project, config: Config): TargetAccess {
  const google = googleAccess(project, config.gcp);
  const refused = (): VedetteError =>
    new VedetteError('usage', `${project.name} is a project of Google Cloud, not an account of AWS.`, {
      remedy: 'Scan it with a source that knows Google Cloud: vedette scan run --source detections.',
    });
  return {
    google,
    credentials: () => Promise.reject(refused()),
    environment: () => Promise.reject(refused()),
    region: null,
    endpoint: null,
    profile: null,
    explain: google.explain,
  };
}

/** Tries whether a token can be had and the project be seen. @throws VedetteError `credentials` */
export async function checkProject(project: Project, config: Config, signal: AbortSignal): Promise<void> {
  const [{ openGoogle }, { SharedLimits }] = await Promise.all([
    import('../gcp/client.ts'),
    import('../aws/shared-limits.ts'),
  ]);
  const access = googleAccess(project, config.gcp);
  const google = openGoogle(access, { limits: new SharedLimits(), signal });
  await access.token();
  try {
    await google.ask({ api: 'cloudresourcemanager', path: `v3/projects/${project.projectId}` });
  } catch (cause) {
    signal.throwIfAborted();
    throw access.explain(cause);
  }
}
