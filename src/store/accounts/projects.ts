import { VedetteError } from '../../errors.ts';
import type { Project } from '../../model/account.ts';
import type { FailureReport } from '../../model/failure.ts';
import { inTransaction } from '../database/store.ts';
import type { Session, Store } from '../database/store.ts';
import { fromJson, isoTime, isoTimeOrNull, sqlJson, sqlTime } from '../database/values.ts';

export type NewProject = Pick<Project, 'name' | 'projectId' | 'serviceAccount' | 'createdBy'>;

interface ProjectRow {
  organization_id: string;
  name: string;
  project_id: string;
  service_account: string | null;
  created_at: string;
  created_by: string;
  checked_at: string | null;
  problem: unknown;
}

const COLUMNS =
  'organization_id, name, project_id, service_account, created_at, created_by, checked_at, problem';

/** @throws VedetteError `usage` when the name is taken, by a project or by an account. */
export function addProject(store: Store, organizationId: string, project: NewProject): Promise<Project> {
  const { name, projectId, serviceAccount, createdBy } = project;
  return written(store, async (session) => {
    const accounts = await session.query(
      'SELECT id FROM vedette_accounts WHERE organization_id = ? AND name = ?',
      [organizationId, name],
    );
    const same = await projectRows(session.query, organizationId, name);
    if (accounts.length + same.length > 0) {
      throw new VedetteError('usage', `There is an account named ${JSON.stringify(name)} already.`, {
        remedy: 'Choose another name, or remove that one first (vedette account remove).',
      });
    }
    await session.execute(
      `INSERT INTO vedette_projects
        (organization_id, name, project_id, service_account, created_at, created_by) VALUES (?, ?, ?, ?, ?, ?)`,
      [organizationId, name, projectId, serviceAccount, sqlTime(new Date()), createdBy],
    );
    const [row] = await projectRows(session.query, organizationId, name);
    if (row === undefined) throw new VedetteError('unexpected', 'A new project was not stored.');
    return projectOf(row);
  });
}

/** The organisation's projects, by name. */
export async function listProjects(store: Store, organizationId: string): Promise<Project[]> {
  return (await projectRows((sql, values) => store.read(sql, values), organizationId)).map(projectOf);
}

/** Null where there is none of this name; one of another organisation is none. */
export async function findProject(
  store: Store,
  organizationId: string,
  name: string,
): Promise<Project | null> {
  const [row] = await projectRows((sql, values) => store.read(sql, values), organizationId, name);
  return row === undefined ? null : projectOf(row);
}

/** Forgets how to get into a project; what its scans have found stays. @returns whether there was one */
export async function removeProject(store: Store, organizationId: string, name: string): Promise<boolean> {
  const removed = await written(store, (session) =>
    session.execute('DELETE FROM vedette_projects WHERE organization_id = ? AND name = ?', [
      organizationId,
      name,
    ]),
  );
  return removed > 0;
}

/** @param problem null when the project could be entered */
export async function recordProjectCheck(
  store: Store,
  { organizationId, name }: Pick<Project, 'organizationId' | 'name'>,
  problem: FailureReport | null,
): Promise<void> {
  await written(store, (session) =>
    session.execute(
      'UPDATE vedette_projects SET checked_at = ?, problem = ? WHERE organization_id = ? AND name = ?',
      [sqlTime(new Date()), problem === null ? null : sqlJson(problem), organizationId, name],
    ),
  );
}

function written<Result>(store: Store, work: (session: Session) => Promise<Result>): Promise<Result> {
  const { signal } = new AbortController();
  return store.session((session) => inTransaction(store, session, signal, () => work(session)));
}

function projectRows(query: Session['query'], organizationId: string, name?: string): Promise<ProjectRow[]> {
  const ofName = name === undefined ? '' : ' AND name = ?';
  return query<ProjectRow>(
    `SELECT ${COLUMNS} FROM vedette_projects WHERE organization_id = ?${ofName} ORDER BY name`,
    name === undefined ? [organizationId] : [organizationId, name],
  );
}

function projectOf(row: ProjectRow): Project {
  return {
    organizationId: row.organization_id,
    name: row.name,
    kind: 'gcp-project',
    projectId: row.project_id,
    serviceAccount: row.service_account,
    createdAt: isoTime(row.created_at),
    createdBy: row.created_by,
    checkedAt: isoTimeOrNull(row.checked_at),
    problem: row.problem === null ? null : (fromJson(row.problem) as FailureReport),
  };
}
