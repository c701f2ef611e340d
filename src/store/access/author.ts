import { AsyncLocalStorage } from 'node:async_hooks';

/** Who is changing something: a caller of the API, somebody at the command line, a workflow. */
export interface Author {
  /** As the audit log names them. */
  actor: string;
  /** The person; null for what is nobody's. */
  userId: number | null;
  /** The actions that are in the audit log already, written with what they changed. */
  recorded: Set<string>;
}

const authors = new AsyncLocalStorage<Author>();

export function newAuthor(actor: string, userId: number | null = null): Author {
  return { actor, userId, recorded: new Set() };
}

/** Whatever `work` changes is by this author, however deep down it happens. */
export function actingAs<Result>(author: Author, work: () => Result): Result {
  return authors.run(author, work);
}

/** What nobody asked for, vedette does by itself: such as ending what has run out. */
export function currentAuthor(): Author {
  return authors.getStore() ?? newAuthor('vedette');
}
