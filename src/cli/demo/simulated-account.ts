export interface SimulatedAccount {
  profile: string;
  accountId: string;
  /** Begins the names of everything in the account. */
  prefix: string;
  /** Regions that are filled; the scanner looks at all the others too. */
  regions: readonly string[];
}

/** 1: insecure; 2: some problems fixed, others new; 3: some fixed problems come back. */
export type Phase = 1 | 2 | 3;
