import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';
import { findOrInstall } from './programs.ts';

/** Without these the browser asks the internet for what no test needs; as root it has no sandbox. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Chromium without a window; installed first where it is missing. */
export function startBrowser(): Promise<Browser> {
  const executablePath = findOrInstall({
    title: 'a browser',
    names: ['chromium', 'chromium-browser', 'google-chrome'],
    debianPackage: 'chromium',
    elsewhere: 'Chromium or Chrome of your system',
  });
  return chromium.launch({ executablePath, args: FLAGS });
}
