/** Where people look at a workflow in a browser, or at all of them; null for a server whose UI we do not know. */
export function temporalLink(
  uiUrl: string | undefined,
  namespace: string,
  workflowId?: string,
): string | null {
  if (uiUrl === undefined) return null;
  const path = workflowId === undefined ? '' : `/${encodeURIComponent(workflowId)}`;
  return `${uiUrl.replace(/\/$/, '')}/namespaces/${namespace}/workflows${path}`;
}
