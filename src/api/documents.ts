import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { packageVersion } from '../package-root.ts';
import type { App } from './api.ts';
import { SESSION_COOKIE } from './authentication.ts';
import { BASE } from './base.ts';
import { tidySchemas } from './document-schemas.ts';
import { TAGS } from './operation.ts';

/** The OpenAPI document, made of the schemas of the routes that are registered after this, and a page that shows it. */
export async function describeRoutes(app: App): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'vedette',
        version: packageVersion(),
        description:
          'Scans of AWS accounts, and what they find through time. Lists come in pages: `nextCursor` of one is the `cursor` ' +
          'of the next. Errors are `application/problem+json` (RFC 9457) with the kind of failure and what to do about it.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: '/' }],
      tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
      components: {
        securitySchemes: {
          token: { type: 'http', scheme: 'bearer', description: 'An API token: `vedette token create`.' },
          session: {
            type: 'apiKey',
            in: 'cookie',
            name: SESSION_COOKIE,
            description:
              'A browser that is signed in; `_` and the port follow where its address has one. What changes something also needs `X-CSRF-Token`.',
          },
        },
      },
    },
    transform: jsonSchemaTransform,
    transformObject: (document) => tidySchemas(jsonSchemaTransformObject(document)),
  });
  await app.register(swaggerUi, {
    routePrefix: `${BASE}/docs`,
    staticCSP: DOCS_POLICY,
    uiConfig: { tryItOutEnabled: false, persistAuthorization: false },
  });
}

/** Of the page with the document, whose scripts are files but whose styles are not all. */
const DOCS_POLICY = {
  'default-src': "'none'",
  'base-uri': "'none'",
  'connect-src': "'self'",
  'font-src': "'self'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
  'img-src': "'self' data:",
  'script-src': "'self'",
  'style-src': "'self' 'unsafe-inline'",
};
