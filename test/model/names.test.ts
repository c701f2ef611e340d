import { expect, test } from '@jest/globals';
import { accountScanId, artifactFolder, organizationScoped } from '../../src/model/names.ts';
import type { ScanIdentity } from '../../src/model/names.ts';

const first: ScanIdentity = {
  organizationId: 'default',
  source: 'scoutsuite',
  target: { kind: 'aws-profile', name: 'prod/eu.west 1' },
};

test('profiles of the default organisation have the ids that they always had', () => {
  expect(accountScanId(first)).toBe('scan/scoutsuite/prod/eu.west 1');
  expect(artifactFolder(first)).toBe('prod/eu.west 1');
  expect(organizationScoped('default', 'vedette-nightly')).toBe('vedette-nightly');
});

test('others begin with the organisation and name the kind', () => {
  const role = { ...first, target: { kind: 'aws-role', name: 'prod' } } as const;
  expect(accountScanId(role)).toBe('org/default/scan/scoutsuite/aws-role/prod');
  expect(accountScanId({ ...first, organizationId: 'a/b' })).toBe(
    'org/a%2Fb/scan/scoutsuite/aws-profile/prod%2Feu.west%201',
  );
  expect(organizationScoped('a/b', 'vedette-nightly')).toBe('org/a%2Fb/vedette-nightly');
});

test('no two scans share an id or a folder, however they are called', () => {
  const names = ['a', 'a/b', 'org/default/checks/aws-profile/a', 'checks/aws-profile/a', '%2F', '..', ''];
  const scans = ['default', 'acme', 'acme/scan', 'default/scoutsuite'].flatMap((organizationId) =>
    ['scoutsuite', 'checks'].flatMap((source) =>
      (['aws-profile', 'aws-role'] as const).flatMap((kind) =>
        names.map((name): ScanIdentity => ({ organizationId, source, target: { kind, name } })),
      ),
    ),
  );
  expect(new Set(scans.map(accountScanId)).size).toBe(scans.length);
  expect(new Set(scans.map(artifactFolder)).size).toBe(scans.length);
});
