import { readOnce } from './call.ts';
import type { Caller } from './call.ts';

/** What several things have in common, such as their group of parameters, is asked once in each scan and region. */
export function askedOnce<Answer>(ask: (caller: Caller, name: string) => Promise<Answer>) {
  const known = readOnce(async () => new Map<string, Promise<Answer>>());
  return async (caller: Caller, name: string): Promise<Answer> => {
    const answers = await known(caller);
    const answer = answers.get(name) ?? ask(caller, name);
    answers.set(name, answer);
    return answer;
  };
}
