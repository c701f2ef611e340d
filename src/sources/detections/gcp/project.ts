import { Seen } from '../seen.ts';
import type { GoogleCallName, GoogleItemOf } from './calls.ts';

/** What a scan saw of a project of Google Cloud. */
export class Project extends Seen {
  /** What a call listed; null where it has no answer. */
  list<Name extends GoogleCallName>(name: Name): GoogleItemOf<Name>[] | null {
    return this.lines(name, null)?.map(({ item }) => item as GoogleItemOf<Name>) ?? null;
  }
}
