import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { walk } from '../../../../src/sources/scoutsuite/results/item-path.ts';
import {
  isEndOfSuffix,
  itemTemplate,
  resourceKeys,
} from '../../../../src/sources/scoutsuite/results/item-template.ts';
import {
  canonicalJson,
  stableElement,
  stableKey,
} from '../../../../src/sources/scoutsuite/results/stable-path.ts';

const nothing = (leftover: string) => leftover === '';
const anyKey = () => true;

const plainKey = fc.stringMatching(/^[a-z][a-z_-]{0,5}$/);
const dottedKey = fc.array(plainKey, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('.'));

describe('walking a value', () => {
  test('every path of keys, with dots or without, leads to its end', () => {
    fc.assert(
      fc.property(fc.array(dottedKey, { minLength: 1, maxLength: 5 }), (keys) => {
        const tree = keys.toReversed().reduce<unknown>((value, key) => ({ [key]: value }), 'end');
        expect(walk(tree, keys.join('.'), nothing)).toEqual({ stableKeys: keys, leftover: '' });
      }),
    );
  });

  test('a key that leads nowhere is given up again, and others do not disturb', () => {
    fc.assert(
      fc.property(
        fc.array(dottedKey, { minLength: 2, maxLength: 4 }),
        fc.dictionary(dottedKey, plainKey),
        (keys, others) => {
          const [first = '', ...rest] = keys;
          const inner = rest.toReversed().reduce<unknown>((value, key) => ({ [key]: value }), 'end');
          const decoy = { [`${first}.${rest.join('.').split('.')[0]}`]: { decoy: 1 } };
          expect(walk({ ...others, ...decoy, [first]: inner }, keys.join('.'), nothing).leftover).toBe('');
        },
      ),
    );
  });

  test('the longest key comes first', () => {
    const tree = { a: { 'b.c': 1 }, 'a.b': { c: 2 } };
    expect(walk(tree, 'a.b.c', nothing).stableKeys).toEqual(['a.b', 'c']);
  });

  test('what the tree lacks is left over, as short as can be', () => {
    expect(walk({ grantees: { AllUsers: { name: 'x' } } }, 'grantees.AllUsers.read', nothing)).toEqual({
      stableKeys: ['grantees', 'AllUsers'],
      leftover: 'read',
    });
    expect(walk({}, '__proto__.toString', nothing).leftover).toBe('__proto__.toString');
  });
});

describe('identity of list elements', () => {
  test('is their content, and does not change when neighbours go', () => {
    const cidrs = [{ CIDR: '10.0.0.0/8' }, { CIDR: '0.0.0.0/0' }];
    expect(walk({ cidrs }, 'cidrs.1.CIDR', nothing).stableKeys).toEqual(['cidrs', '[0.0.0.0/0]', 'CIDR']);
    expect(walk({ cidrs: cidrs.slice(1) }, 'cidrs.0.CIDR', nothing).stableKeys).toEqual([
      'cidrs',
      '[0.0.0.0/0]',
      'CIDR',
    ]);
  });

  test('equal elements are numbered', () => {
    const list = [{ Sid: 'a' }, { Sid: 'b' }, { Sid: 'a' }, { Sid: 'a' }];
    expect(list.map((_, index) => stableElement(list, index))).toEqual(['[a]', '[b]', '[a]#2', '[a]#3']);
  });

  test('the first identifying member that is a text names the element, else its hash', () => {
    const list = [
      { Sid: 's', Key: 'k' },
      { CIDR: 5, GroupId: 'sg-1' },
      { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: '*' } },
    ];
    expect(list.map((_, index) => stableElement(list, index))).toEqual(['[k]', '[sg-1]', '[6a7c4da80373]']);
  });

  test('the hash is of JSON as Python writes it', () => {
    expect(canonicalJson({ b: [1, true, null], a: { é: '\u007f😀"' } })).toBe(
      String.raw`{"a": {"\u00e9": "\u007f\ud83d\ude00\""}, "b": [1, true, null]}`,
    );
  });

  test('an index beyond the list stays as it is', () => {
    expect(walk({ list: ['a'] }, 'list.1.x', nothing)).toEqual({ stableKeys: ['list'], leftover: '1.x' });
  });

  test('the mark of a hashed key is dropped, no other', () => {
    const hash = 'a'.repeat(40);
    expect([`scoutid-${hash}`, hash, 'scoutid-short'].map(stableKey)).toEqual([hash, hash, 'scoutid-short']);
  });
});

describe('the resource in an item', () => {
  const securityGroups = 'ec2.regions.id.vpcs.id.security_groups';
  const cidr = itemTemplate(
    {
      path: `${securityGroups}.id.rules.id.protocols.id.ports.id.cidrs.id.CIDR`,
      displayPath: null,
      suffixes: [],
    },
    ['ec2.regions.id.vpcs', securityGroups],
  );

  test('is the longest described kind of resource', () => {
    const item =
      'ec2.regions.eu-west-1.vpcs.vpc-1.security_groups.sg-1.rules.ingress.protocols.TCP.ports.22.cidrs.0.CIDR';
    expect(resourceKeys(item, cidr, anyKey)).toEqual([
      ['ec2', 'regions', 'eu-west-1', 'vpcs', 'vpc-1', 'security_groups', 'sg-1'],
    ]);
    expect(cidr.container).toBe('security_groups');
  });

  test('is where it is displayed, or the last id, when no kind is described', () => {
    const path = 'ses.identities.id.policies.id.Statement.id';
    const displayed = itemTemplate({ path, displayPath: 'ses.identities.id', suffixes: [] }, []);
    expect(displayed.toResource).toHaveLength(3);
    expect(itemTemplate({ path, displayPath: 'ses.identities', suffixes: [] }, []).toResource).toHaveLength(
      7,
    );
    const longer = { path: 'iam.password_policy', displayPath: 'iam.password_policy.MaxAge', suffixes: [] };
    expect(itemTemplate(longer, []).container).toBe('password_policy');
  });

  test('keys with dots are told by what follows them', () => {
    const policies = itemTemplate(
      { path: 'ses.identities.id.policies.id.Statement.id', displayPath: null, suffixes: [] },
      ['ses.identities'],
    );
    const item = 'ses.identities.mail.example.com.policies.world.send.Statement.0';
    expect(resourceKeys(item, policies, anyKey)).toEqual([['ses', 'identities', 'mail.example.com']]);
  });

  test('a suffix is what the rule declares, looked-up values included', () => {
    const nacl = itemTemplate(
      {
        path: 'vpc.regions.id.vpcs.id.network_acls.id',
        displayPath: null,
        suffixes: ['egress._GET_VALUE_AT_(vpc.regions.id.vpcs.id.network_acls.id.allow_all_egress_traffic)'],
      },
      ['vpc.regions.id.vpcs.id.network_acls'],
    );
    const keys = resourceKeys('vpc.regions.r.vpcs.v.network_acls.acl-1.egress.100', nacl, anyKey);
    expect(keys.map((list) => list.at(-1))).toEqual(['acl-1']);
    expect(['egress.100', '100', ''].filter((text) => !isEndOfSuffix(text, nacl))).toEqual([]);
    const logging = itemTemplate({ path: 's3.buckets.id', displayPath: null, suffixes: ['a.logging'] }, []);
    expect(['logging', 'a.logging', 'a', 'b.logging'].filter((text) => isEndOfSuffix(text, logging))).toEqual(
      ['logging', 'a.logging'],
    );
  });

  test('with an undeclared suffix both readings stand, unless the longer key is known not to be there', () => {
    const volumes = itemTemplate({ path: 'ec2.volumes.id', displayPath: null, suffixes: [] }, [
      'ec2.volumes',
    ]);
    const read = (mayBeKey: (key: string) => boolean) =>
      resourceKeys('ec2.volumes.vol-1.encrypted', volumes, mayBeKey).map((keys) => keys.at(-1));
    expect(read(anyKey)).toEqual(['vol-1.encrypted', 'vol-1']);
    expect(read((key) => !key.includes('.'))).toEqual(['vol-1']);
  });

  test('an item that does not follow its rule has none', () => {
    expect(resourceKeys('ec2.elsewhere.x', cidr, anyKey)).toEqual([]);
    expect(resourceKeys('', cidr, anyKey)).toEqual([]);
  });

  test('a hostile item of nothing but dots takes no time', () => {
    const template = itemTemplate({ path: 'a.id.id.id.id.id.id', displayPath: null, suffixes: ['x'] }, []);
    expect(resourceKeys(`a${'.b'.repeat(300)}`, template, anyKey).length).toBeLessThan(100);
  });
});
