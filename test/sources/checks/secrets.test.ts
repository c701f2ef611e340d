import { describe, expect, it } from '@jest/globals';
import { isSecretName, secretIn, secretsAmong, secretsInText } from '../../../src/sources/checks/secrets.ts';

describe('a variable', () => {
  it.each([
    ['DB_PASSWORD', 'hunter2', 'password'],
    ['dbPassword', 'correct horse', 'password'],
    ['API_TOKEN', 'abcdef123456', 'token'],
    ['db.password.prod', 'hunter2', 'password'],
    ['STRIPE', `sk_live_${'a1'.repeat(12)}`, 'Stripe key'],
    ['ID', 'AKIAIOSFODNN7EXAMPLE', 'AWS access key'],
    ['AWS_SECRET_ACCESS_KEY', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', 'key'],
    ['DATABASE_URL', 'postgres://ann:b3cret@db.example/shop', 'password in a URL'],
    ['CERT', '-----BEGIN RSA PRIVATE KEY-----\nMII', 'private key'],
  ])('%s=%s holds a secret', (name, value, kind) => {
    expect(secretIn(name, value)).toBe(kind);
  });

  it.each([
    ['DB_PASSWORD_ARN', 'arn:aws:secretsmanager:eu-west-1:1:secret:db'],
    ['DB_PASSWORD', 'arn:aws:secretsmanager:eu-west-1:1:secret:db'],
    ['DB_PASSWORD', '{{resolve:ssm-secure:db:1}}'],
    ['DB_PASSWORD', '/shop/prod/db'],
    ['DB_PASSWORD', '${DB_PASSWORD}'],
    ['DB_PASSWORD', '<your password>'],
    ['DB_PASSWORD', '********'],
    ['DB_PASSWORD', ''],
    ['REQUIRE_PASSWORD', 'true'],
    ['TOKEN_TTL', '3600'],
    ['PASSWORD_MIN_LENGTH', '14'],
    ['DATABASE_URL', 'postgres://ann:${PASSWORD}@db.example/shop'],
    ['DATABASE_URL', 'postgres://db.example:5432/shop'],
    ['COMPASS', 'north-north-west'],
  ])('%s=%s holds none', (name, value) => {
    expect(secretIn(name, value)).toBeNull();
  });

  it('is named, and its value goes no further', () => {
    expect(secretsAmong({ DB_PASSWORD: 'hunter2', HOST: 'db', EMPTY: undefined })).toEqual([
      { name: 'DB_PASSWORD', kind: 'password' },
    ]);
    expect(secretsAmong(undefined)).toEqual([]);
  });
});

describe('a text', () => {
  it.each([
    ['a shell script', 'export DB_PASSWORD=hunterhunter', 'password'],
    ['JSON in one line', '{"a":1,"password":"hunter2"}', 'password'],
    ['JSON in JSON', String.raw`{"run":"{\"apiToken\":\"abcdef1\"}"}`, 'token'],
    ['YAML', 'client_secret: abc123def', 'secret'],
    ['Python', "password = 'hunter2'", 'password'],
    ['a token by itself', `curl -H ghp_${'a'.repeat(36)}`, 'GitHub token'],
  ])('%s', (_, text, kind) => {
    expect(secretsInText(`first\n${text}\nlast`)).toEqual([{ name: 'line 2', kind }]);
  });

  it.each([
    ['a call', 'password = get_password()'],
    ['a type', 'function login(password: string): Token {'],
    ['a path into the input', '"token": "$.token"'],
    ['a parameter', 'password: {{ ssm:db }}'],
    ['a schema', '"password": {"type": "String"}'],
    ['a variable', 'PASSWORD=$DB_PASSWORD'],
  ])('%s has none', (_, text) => {
    expect(secretsInText(text)).toEqual([]);
  });

  it('takes no time to speak of, whatever stands in it', () => {
    const started = performance.now();
    for (const part of ['a:', 'password=', ' ', 'eyJa.', '://a:', '"', '-----BEGIN ', 'password"\\" : ']) {
      secretsInText(`${part.repeat(19_000 / part.length)}\n`.repeat(20));
    }
    expect(performance.now() - started).toBeLessThan(3000);
  });
});

describe('a name', () => {
  it('tells of a secret by its last words', () => {
    expect(['password', '/app/prod/db-password', 'ApiKeys', 'db_token_2'].filter(isSecretName)).toHaveLength(
      4,
    );
    expect(['keyboard', 'bypass', 'password-policy', 'tokenizer'].filter(isSecretName)).toEqual([]);
  });
});
