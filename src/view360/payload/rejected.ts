import { VedetteError } from '../../errors.ts';
import type { Rejection } from '../../model/view360.ts';

/** A payload that is not taken, whatever is tried. */
export class Rejected extends VedetteError {
  readonly code: Rejection;

  constructor(code: Rejection, reason: string) {
    super('results-invalid', reason, { remedy: 'Send it again as the sender of vedette writes it.' });
    this.code = code;
  }
}
