/** Why something was not looked at, or not whole: `skipped` is as it should be, `failed` is not. */
export class ContentProblem extends Error {
  readonly kind: 'skipped' | 'failed';

  constructor(kind: 'skipped' | 'failed', reason: string, cause?: unknown) {
    super(reason, { cause });
    this.kind = kind;
  }
}
