import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A hash of the contents and paths of files and folders (with all below them) in `root`. */
export function hashOf(root, paths) {
  const hash = createHash('sha256');
  for (const path of paths.flatMap((each) => [...filesBelow(root, each)])) {
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(root, path)))
      .update('\0');
  }
  return hash.digest('hex');
}

/** Whether the stamp file says just that. */
export function isStamped(file, value) {
  return existsSync(file) && readFileSync(file, 'utf8') === value;
}

export function stamp(file, value) {
  writeFileSync(file, value);
}

function* filesBelow(root, path) {
  if (!statSync(join(root, path)).isDirectory()) {
    yield path;
    return;
  }
  for (const name of readdirSync(join(root, path)).toSorted()) yield* filesBelow(root, `${path}/${name}`);
}
