import { fullAdminStatements, statementsAllowing } from './access.ts';
import { isNarrowed } from './conditions.ts';
import type { Statement } from './document.ts';

/** Actions that together give an identity rights that it has not. */
interface Path {
  actions: readonly string[];
  /** The service that a role is passed to. */
  passedTo?: string;
}

const passingRoleTo = (passedTo: string, ...actions: string[]): Path => ({
  actions: ['iam:PassRole', ...actions],
  passedTo: `${passedTo}.amazonaws.com`,
});

const PATHS: readonly Path[] = [
  ...[
    'iam:CreatePolicyVersion',
    'iam:SetDefaultPolicyVersion',
    'iam:AttachUserPolicy',
    'iam:AttachGroupPolicy',
    'iam:AttachRolePolicy',
    'iam:PutUserPolicy',
    'iam:PutGroupPolicy',
    'iam:PutRolePolicy',
    'iam:CreateAccessKey',
    'iam:CreateLoginProfile',
    'iam:UpdateLoginProfile',
    'iam:AddUserToGroup',
    'lambda:UpdateFunctionCode',
    'glue:UpdateDevEndpoint',
  ].map((action) => ({ actions: [action] })),
  { actions: ['iam:UpdateAssumeRolePolicy', 'sts:AssumeRole'] },
  passingRoleTo('ec2', 'ec2:RunInstances'),
  passingRoleTo('lambda', 'lambda:CreateFunction', 'lambda:InvokeFunction'),
  passingRoleTo('lambda', 'lambda:CreateFunction', 'lambda:CreateEventSourceMapping'),
  passingRoleTo('lambda', 'lambda:CreateFunction', 'lambda:AddPermission'),
  passingRoleTo('glue', 'glue:CreateDevEndpoint'),
  passingRoleTo('glue', 'glue:CreateJob', 'glue:StartJobRun'),
  passingRoleTo('cloudformation', 'cloudformation:CreateStack'),
  passingRoleTo('datapipeline', 'datapipeline:CreatePipeline', 'datapipeline:PutPipelineDefinition'),
  passingRoleTo('sagemaker', 'sagemaker:CreateNotebookInstance'),
  passingRoleTo('sagemaker', 'sagemaker:CreateTrainingJob'),
  passingRoleTo('sagemaker', 'sagemaker:CreateProcessingJob'),
  passingRoleTo('codebuild', 'codebuild:CreateProject', 'codebuild:StartBuild'),
  passingRoleTo('ecs-tasks', 'ecs:RunTask'),
  passingRoleTo('ssm', 'ssm:StartAutomationExecution'),
];

/** Keys of conditions that leave only harmless policies, or identities with a boundary. */
const LIMITING_KEYS = new Set(['iam:policyarn', 'iam:permissionsboundary']);

/**
 * The ways in which an identity's policy lets who has it get more rights, e.g. `iam:PassRole + ec2:RunInstances`: each
 * action allowed on everything of its kind. Nothing for administrators, who have all rights already.
 */
export function escalationPaths(statements: readonly Statement[]): string[] {
  if (fullAdminStatements(statements).length > 0) return [];
  return PATHS.filter((path) => path.actions.every((action) => isAllowed(statements, action, path))).map(
    ({ actions }) => actions.join(' + '),
  );
}

function isAllowed(statements: readonly Statement[], action: string, { passedTo }: Path): boolean {
  return statementsAllowing(statements, action).some(
    (statement) =>
      !isNarrowed(statement) &&
      !statement.conditions.some(({ key }) => LIMITING_KEYS.has(key)) &&
      (action !== 'iam:PassRole' || passesTo(statement, passedTo)),
  );
}

function passesTo({ conditions }: Statement, service = ''): boolean {
  return conditions
    .filter(({ key }) => key === 'iam:passedtoservice')
    .every(({ values }) => values.some((value) => value.includes('*') || value === service));
}
