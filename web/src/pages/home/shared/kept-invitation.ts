const KEY = 'vedette.invitation';

/** Keeps the code of an invitation in this tab while it is away at a provider; null forgets it. */
export function keepInvitation(code: string | null): void {
  if (code === null) sessionStorage.removeItem(KEY);
  else sessionStorage.setItem(KEY, code);
}

export function keptInvitation(): string | undefined {
  return sessionStorage.getItem(KEY) ?? undefined;
}
