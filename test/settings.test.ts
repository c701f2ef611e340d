import { describe, expect, test } from '@jest/globals';
import { secret } from '../src/config/setting.ts';
import { text } from '../src/config/types.ts';
import { settings, sourceConfig } from '../src/settings.ts';
import { sources } from '../src/sources/registry.ts';
import { testConfig } from './support/stores.ts';

const SECRETS = {
  database: { password: 'secret of the database' },
  mail: { smtpPassword: 'secret of the mail server' },
  aws: { secretAccessKey: 'secret of AWS', sessionToken: 'secret of a session' },
  temporal: { apiKey: 'secret of Temporal' },
  telemetry: { otlpHeaders: 'key=secret of the collector' },
};
const config = testConfig({ general: { home: '/home/of/vedette' }, ...SECRETS });

describe.each(sources.all)('the source $id', (source) => {
  test('is given its own settings and the home, and nothing else', () => {
    const own = sourceConfig(config, source);
    expect(Object.keys(own)).toEqual(['settings', 'home']);
    expect(Object.keys(own.settings)).toEqual(Object.keys(source.settings));
    expect(own.home).toBe('/home/of/vedette');
    expect(JSON.stringify(config)).toContain('secret of');
    expect(JSON.stringify(own)).not.toContain('secret of');
  });

  test('has a section of the configuration of its name, if it has settings', () => {
    const section = Object.entries(settings).find(([name]) => name === source.id)?.[1] ?? {};
    expect(section).toEqual(source.settings);
  });
});

test('a source gets no more of its section than it declares', () => {
  const section = { ...config, example: { token: 'its own', other: 'not declared' } };
  const declared = { id: 'example', settings: { token: secret('EXAMPLE_TOKEN', text, 'Its own.') } };
  expect(sourceConfig(section, declared).settings).toEqual({ token: 'its own' });
});

test('every variable means one setting', () => {
  const names = Object.values(settings).flatMap((group) => Object.values(group).map(({ env }) => env));
  expect(names).toEqual([...new Set(names)]);
});
