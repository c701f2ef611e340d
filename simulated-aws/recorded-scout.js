#!/usr/bin/env node
/**
 * Behaves like `scout aws` with a profile, from recorded results: each call writes the next recorded scan of the
 * profile (the last one again and again), dated now. Needs nothing but Node.
 *
 * What it does for a profile stands in the profile's section of AWS_CONFIG_FILE:
 *   recorded_account        whose recorded scans: 111111111111 (default) or 222222222222
 *   sso_account_id          the account id to put in place of the recorded one
 *   recorded_scan           always this scan, by its number, however many the profile has had
 *   recorded_delay_seconds  how long the scan takes
 *   recorded_exit_code      fail with this code, without results
 *   recorded_hang           `true`: never end
 *   recorded_empty          `true`: a report of nothing, as of services that do not exist
 * How many scans a profile has had is kept in the folder `recorded-scans` beside that file.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { homedir, hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { env, exit, pid } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';

const RECORDED = join(import.meta.dirname, 'recorded');

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    version: { type: 'boolean', short: 'v' },
    profile: { type: 'string' },
    'report-dir': { type: 'string' },
    'report-name': { type: 'string' },
    'no-browser': { type: 'boolean' },
    force: { type: 'boolean' },
    'max-workers': { type: 'string' },
    ruleset: { type: 'string' },
    services: { type: 'string' },
    regions: { type: 'string' },
  },
});
if (values.version) {
  process.stderr.write('Scout Suite 5.14.0\n');
  exit(0);
}
const { profile, 'report-dir': folder, 'report-name': name = `aws-${profile}` } = values;
if (positionals[0] !== 'aws' || profile === undefined || folder === undefined) {
  process.stderr.write('scout: error: recorded scans need aws, --profile and --report-dir\n');
  exit(2);
}

log('INFO', 'Launching Scout');
log('INFO', 'Authenticating to cloud provider');
const configFile = env.AWS_CONFIG_FILE ?? join(homedir(), '.aws', 'config');
const settings = readProfile(configFile, profile);
if (settings === undefined) {
  fail(101, `Authentication failure: The config profile (${profile}) could not be found`);
}
log('INFO', 'Gathering data from APIs');
log('INFO', 'Fetching resources for the EC2 service');
await sleep(Number(settings.recorded_delay_seconds ?? 0) * 1000);
if (settings.recorded_hang === 'true') await sleep(2 ** 31 - 1);
const exitCode = Number(settings.recorded_exit_code ?? 0);
if (exitCode === 101) fail(exitCode, 'Authentication failure: the recorded scan was told to fail');
if (exitCode !== 0)
  fail(exitCode, 'Unhandled exception thrown while gathering data: the recorded scan was told to fail');
log('INFO', 'Running rule engine');
const hasErrors = writeReport(settings, await nextNumber());
log('INFO', `Creating ${join(folder, `${name}.html`)}`);
exit(hasErrors ? 200 : 0);

function writeReport(
  {
    recorded_account: recorded = '111111111111',
    recorded_scan: fixed,
    sso_account_id: shown = recorded,
    ...rest
  },
  next,
) {
  const scans = readdirSync(RECORDED).filter((file) =>
    file.startsWith(`scoutsuite_results_aws-${recorded}-`),
  ).length;
  const number = Math.min(Number(fixed ?? next), scans);
  const results = join(folder, 'scoutsuite-results');
  mkdirSync(results, { recursive: true });
  const file = join(results, `scoutsuite_results_${name}.js`);
  log('INFO', `Saving data to ${file}`);
  const time = `${new Date().toISOString().slice(0, 19).replace('T', ' ')}+0000`;
  const text = readFileSync(join(RECORDED, `scoutsuite_results_aws-${recorded}-${number}.js`), 'utf8')
    .replace(/"time": "[^"]*"/, `"time": "${time}"`)
    .replaceAll(recorded, shown);
  writeFileSync(file, rest.recorded_empty === 'true' ? emptied(text) : text);
  const errors = join(RECORDED, `scoutsuite_errors_aws-${recorded}-${number}.json`);
  if (!existsSync(errors)) return false;
  const copied = readFileSync(errors, 'utf8').replaceAll(recorded, shown);
  writeFileSync(join(results, `scoutsuite_errors_${name}.json`), copied);
  return true;
}

function emptied(text) {
  const report = JSON.parse(text.slice(text.indexOf('{')));
  for (const summary of Object.values(report.last_run.summary)) summary.resources_count = 0;
  report.service_list = [];
  for (const service of Object.keys(report.services)) report.services[service] = { findings: {} };
  return `scoutsuite_results =\n${JSON.stringify(report)}\n`;
}

/**
 * Counts only at the end of a scan: one that was stopped is not one. Results tell their time to the second, so that the
 * scans of a profile must not end in the same one; real scans take longer than that.
 */
async function nextNumber() {
  const counts = join(dirname(configFile), 'recorded-scans');
  const file = join(counts, createHash('sha256').update(profile).digest('hex').slice(0, 16));
  mkdirSync(counts, { recursive: true });
  while (existsSync(file) && secondOf(Date.now()) === secondOf(statSync(file).mtimeMs)) await sleep(20);
  const number = existsSync(file) ? Number(readFileSync(file, 'utf8')) + 1 : 1;
  writeFileSync(file, String(number));
  return number;
}

function secondOf(ms) {
  return Math.floor(ms / 1000);
}

function readProfile(file, wanted) {
  const sections = existsSync(file) ? readFileSync(file, 'utf8').split(/^(?=\[)/m) : [];
  const headers = [`[profile ${wanted}]`, `[${wanted}]`];
  const section = sections.find((text) => headers.includes(text.split('\n', 1)[0].trim()));
  if (section === undefined) return undefined;
  const own = Object.fromEntries(
    [...section.matchAll(/^(\w+)\s*=\s*(.*?)\s*$/gm)].map((match) => match.slice(1)),
  );
  // The role of an account: what it does stands with the profile that assumes it.
  return own.source_profile === undefined ? own : { ...readProfile(file, own.source_profile), ...own };
}

function log(level, message) {
  const time = new Date().toISOString().slice(0, 19).replace('T', ' ');
  process.stderr.write(`${time} ${hostname()} scout[${pid}] ${level} ${message}\n`);
}

function fail(code, message) {
  log('ERROR', `__main__.py L0: ${message}`);
  exit(code);
}
