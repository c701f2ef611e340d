import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import type { SettingGroup } from '../src/config/setting.ts';
import { settings } from '../src/settings.ts';

interface Service {
  build?: string;
  image?: string;
  command?: string[];
  environment?: Record<string, string>;
  ports?: string[];
  volumes?: string[];
  networks?: string[];
  read_only?: boolean;
  healthcheck?: { disable?: boolean; test?: string[] };
  depends_on?: Record<string, { condition: string }>;
}

const read = (name: string) => readFileSync(fileURLToPath(new URL(`../${name}`, import.meta.url)), 'utf8');
const declared = new Set(
  Object.values<SettingGroup>(settings).flatMap((group) => Object.values(group).map(({ env }) => env)),
);

describe('docker-compose.yml', () => {
  const compose = parse(read('docker-compose.yml'), { merge: true }) as {
    services: Record<string, Service>;
    volumes: Record<string, unknown>;
    networks: Record<string, unknown>;
  };
  const services = Object.entries(compose.services);

  test('names services, networks and volumes that exist', () => {
    for (const [, { depends_on = {}, networks = [], volumes = [] }] of services) {
      for (const [name, { condition }] of Object.entries(depends_on)) {
        expect(Object.keys(compose.services)).toContain(name);
        const { healthcheck } = compose.services[name] as Service;
        expect(condition === 'service_healthy').toBe(healthcheck?.test !== undefined);
      }
      expect(Object.keys(compose.networks)).toEqual(expect.arrayContaining(networks));
      const named = volumes.map((volume) => volume.split(':')[0] ?? '').filter((name) => /^\w/.test(name));
      expect(Object.keys(compose.volumes)).toEqual(expect.arrayContaining(named));
    }
  });

  test('sets what vedette knows, and only that', () => {
    const ours = services.filter(([, { build }]) => build !== undefined);
    expect(ours.map(([name]) => name)).toEqual(['worker', 'api', 'migrate', 'vedette']);
    for (const [, { environment = {}, read_only: readOnly }] of ours) {
      const others = Object.entries(environment).filter(([name]) => !declared.has(name));
      expect(others).toEqual([
        ['DB_ROOT_PASSWORD', ''],
        ['TEMPORAL_DB_PASSWORD', ''],
      ]);
      expect(readOnly).toBe(true);
    }
    for (const name of ['TEMPORAL_ADDRESS', 'DB_HOST', 'SMTP_HOST']) {
      const host = /(?::-)?([\w-]+)(?::\d+)?\}?$/.exec(ours[0]?.[1].environment?.[name] ?? '')?.[1];
      expect(Object.keys(compose.services)).toContain(host);
    }
  });

  test('opens ports to this machine only and holds no secret', () => {
    for (const [, { ports = [], environment = {}, image = 'vedette' }] of services) {
      expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
      expect(image).not.toMatch(/:latest$/);
      const secrets = Object.entries(environment).filter(([name]) => /PASSWORD|PWD/.test(name));
      expect(secrets.filter(([, value]) => !/^(?:\$\{\w+:\?[^}]+\})?$/.test(value))).toEqual([]);
    }
  });
});

test('the Dockerfile sets what vedette knows, copies what exists, and does not run as root', () => {
  const dockerfile = read('Dockerfile');
  const names = [...dockerfile.matchAll(/\b((?:VEDETTE|DB|TEMPORAL)_\w+)=/g)].map(([, name]) => name ?? '');
  expect(names.length).toBeGreaterThan(2);
  expect(names.filter((name) => !declared.has(name))).toEqual([]);
  const allowed: readonly string[] = read('.dockerignore').match(/^!.*$/gm) ?? [];
  const copied = [...dockerfile.matchAll(/^COPY (?!--)(.*) \S+$/gm)].flatMap(
    ([, from]) => from?.split(' ') ?? [],
  );
  const isSent = (path: string) => allowed.some((line) => `!${path}/`.startsWith(`${line}/`));
  expect(copied.filter((path) => !isSent(path))).toEqual([]);
  expect(dockerfile).toMatch(/^USER node$/m);
  expect(dockerfile).toMatch(/^HEALTHCHECK /m);
});
