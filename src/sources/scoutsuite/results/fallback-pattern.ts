import { keyAfter, resourceType } from './resource.ts';
import type { Resource } from './resource.ts';

/** The forms of ids that tell an AWS resource anywhere in a path. */
const AWS_ID = /^(?:(?:i|sg|vpc|subnet|vol|ami|acl|snap|eni|igw|rtb|nat|pcx)-[0-9A-Za-z]+|arn:.+)$/;

/**
 * Guesses the resource of an item from its text alone, for results whose tree does not have it: the last segment
 * that looks like an AWS id, else the last one; its type is the segment before.
 */
export function resourceByPattern(item: string): Resource {
  const keys = splitBeforeArn(item);
  const lastId = keys.findLastIndex((key) => AWS_ID.test(key));
  const at = lastId < 0 ? keys.length - 1 : lastId;
  const id = keys[at] ?? item;
  return {
    id,
    name: null,
    type: resourceType(keys[at - 1] ?? ''),
    region: keyAfter('regions', keys),
    arn: id.startsWith('arn:') ? id : null,
    vpcId: keyAfter('vpcs', keys),
    tags: null,
  };
}

/** An ARN may contain dots: it is taken to reach to the end. */
function splitBeforeArn(item: string): string[] {
  const keys = item.split('.');
  const arn = keys.findIndex((key) => key.startsWith('arn:'));
  return arn < 0 ? keys : [...keys.slice(0, arn), keys.slice(arn).join('.')];
}
