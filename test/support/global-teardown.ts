export default async function globalTeardown(): Promise<void> {
  await Promise.all((globalThis.vedetteServers ?? []).map((server) => server.stop()));
}
