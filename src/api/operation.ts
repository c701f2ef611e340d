import { z } from 'zod';
import { NEEDS, rolesFor } from '../model/permissions.ts';
import type { Access } from './caller.ts';
import { PROBLEM_TYPE } from './problem.ts';
import { problem } from './schemas/common.ts';

export const TAGS = {
  Access: 'Sign in and out, tokens, the audit log.',
  Accounts: 'The accounts and how they are.',
  Compliance: 'The catalogue of our own checks, and how accounts stand by frameworks.',
  Coverage: 'Which attacks the detections of the accounts would notice.',
  Events: 'What is wrong: one resource failing one check, through time.',
  'Own account': 'What people do about themselves: password, browsers, organisation.',
  Notifications: 'The e-mails about new and reopened events.',
  Organisations: 'Whose data it is, and what holds for them.',
  People: 'Who belongs to the organisation, and as what.',
  Runs: 'Scans of several accounts: start, follow, cancel.',
  Scans: 'What single scans brought: scans and findings.',
  'Sensitive data': 'What is in the objects of buckets.',
  Schedules: 'Runs that begin by themselves.',
  Server: 'The server itself.',
  Views: 'What accounts are, cost and comply with.',
} as const;

type Schemas = Readonly<Record<number, z.ZodType>>;

interface Operation {
  /** Of the OpenAPI document. */
  id: string;
  tag: keyof typeof TAGS;
  access: Access;
  /** For the audit log, where the operation changes something. */
  action?: string;
  summary: string;
  description?: string;
  params?: z.ZodType;
  querystring?: z.ZodObject;
  body?: z.ZodType;
  /** What a success brings, by status. */
  answers: Schemas;
  /** Whether there may be nothing to answer with; always so where something is named in the path. */
  mayBeMissing?: boolean;
  /** Content types of a success that is no JSON. */
  produces?: readonly string[];
}

/** The part of a route that says what it takes and gives, and whom: for validation, serialisation, and the document. */
export function operation<const Given extends Operation>(given: Given) {
  const { id, tag, access, action, summary, description, params, querystring, body, answers, produces } =
    given;
  const schema = {
    operationId: id,
    tags: [tag],
    summary,
    description: [description, accessText(access)].filter((text) => text !== undefined).join(' '),
    security: access === 'anyone' ? [] : [{ token: [] }, { session: [] }],
    ...(params && { params }),
    // A parameter that is not known is refused: ignored, it would be answered with more than was asked for.
    querystring: (querystring ?? z.object({})).strict(),
    ...(body && { body }),
    response: { ...successes(answers, produces), ...problems(given) },
  };
  // Each answer is wrapped with its content type; for the types of a handler it stays what was given.
  return {
    schema: schema as unknown as Typed<Given>,
    config: { access, ...(action === undefined ? {} : { action }) },
  };
}

type Typed<Given extends Operation> = Pick<Given, 'params' | 'querystring' | 'body'> & {
  response: Given['answers'];
};

function accessText(access: Access): string {
  if (access === 'anyone') return 'Needs no credential.';
  return `Action: ${access}. Scope: ${NEEDS[access]}. Roles: ${rolesFor(access).join(', ')}.`;
}

const SUCCESSES: Readonly<Record<number, string>> = {
  200: 'Done.',
  201: 'Made.',
  202: 'Begun.',
  204: 'Done; there is nothing to tell.',
};

function successes(answers: Schemas, produces: readonly string[] = ['application/json']) {
  return Object.fromEntries(
    Object.entries(answers).map(([status, schema]) => {
      const description = SUCCESSES[Number(status)] ?? 'Done.';
      if (status === '204') return [status, schema.meta({ description })];
      const content = Object.fromEntries(produces.map((type) => [type, { schema }]));
      return [status, { description, content }];
    }),
  );
}

const PROBLEMS: Readonly<Record<number, string>> = {
  400: 'The request is not valid; `errors` tells what is wrong with it.',
  401: 'Nobody is signed in, or the credential is not in force.',
  403: 'The credential does not allow this, or the request comes from another site.',
  404: 'There is no such thing.',
  409: 'Not as things are now.',
  413: 'The body is too large.',
  415: 'The body is no JSON.',
  429: 'Too many requests; `Retry-After` tells how long to wait.',
  431: 'The address is too long.',
  500: 'Something went wrong inside.',
  503: 'The database or Temporal is away; try again later.',
};

/** The problems that an operation may answer with. */
function problems({ access, params, querystring, body, action, mayBeMissing = false }: Operation) {
  const statuses = [
    400,
    403,
    ...(access === 'anyone' && action === undefined ? [] : [401]),
    ...(params === undefined && !mayBeMissing ? [] : [404]),
    ...(action === undefined ? [] : [409]),
    ...(body === undefined ? [] : [413, 415]),
    429,
    ...(querystring === undefined ? [] : [431]),
    500,
    503,
  ];
  return Object.fromEntries(
    statuses.map((status) => [
      status,
      { description: PROBLEMS[status], content: { [PROBLEM_TYPE]: { schema: problem } } },
    ]),
  );
}
