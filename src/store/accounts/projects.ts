import { VedetteError } from '../../errors.ts';
import type { Project } from '../../model/account.ts';
import type { FailureReport } from '../../model/failure.ts';
import { recordChange } from '../access/audit.ts';
import { transaction } from '../database/store.ts';
import type { Session, Store } from '../database/store.ts';
import { fromJson, isoTime, isoTimeOrNull, sqlJson, sqlTime } from '../database/values.ts';
import { accountChange, assertNameIsFree } from './names.ts';

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
  return transaction(store, async (session) => {
    await assertNameIsFree(session, organizationId, name);
    await session.execute(
      `INSERT INTO vedette_projects
        (organization_id, name, project_id, service_account, created_at, created_by) VALUES (?, ?, ?, ?, ?, ?)`,
      [organizationId, name, projectId, serviceAccount, sqlTime(new Date()), createdBy],
    );
    const [row] = await projectRows(session.query, organizationId, name);
    if (row === undefined) throw new VedetteError('unexpected', 'A new project was not stored.');
    const added = projectOf(row);
    await recordChange(session, {
      ...accountChange(organizationId, name, 'accounts.add'),
      before: null,
      after: { projectId, serviceAccount },
    });
    return added;
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
  return transaction(store, async (session) => {
    const [row] = await projectRows(session.query, organizationId, name);
    if (row === undefined) return false;
    await session.execute('DELETE FROM vedette_projects WHERE organization_id = ? AND name = ?', [
      organizationId,
      name,
    ]);
    const { projectId, serviceAccount } = projectOf(row);
    await recordChange(session, {
      ...accountChange(organizationId, name, 'accounts.remove'),
      before: { projectId, serviceAccount },
      after: null,
    });
    return true;
  });
}

/** @param problem null when the project could be entered */
export async function recordProjectCheck(
  store: Store,
  { organizationId, name }: Pick<Project, 'organizationId' | 'name'>,
  problem: FailureReport | null,
): Promise<void> {
  await transaction(store, async (session) => {
    await session.execute(
      'UPDATE vedette_projects SET checked_at = ?, problem = ? WHERE organization_id = ? AND name = ?',
      [sqlTime(new Date()), problem === null ? null : sqlJson(problem), organizationId, name],
    );
    await recordChange(session, {
      ...accountChange(organizationId, name, 'accounts.check'),
      before: null,
      after: { problem },
    });
  });
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
