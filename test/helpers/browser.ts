import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import test, { type ExecutionContext, type ImplementationFn } from 'ava';
import { type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { temporaryFolder } from './temporary.js';
import { thoroughly } from './thorough.js';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'chrome'];
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** BENCH_TEST_BROWSER, else a chromium on the PATH. */
const browser = process.env.BENCH_TEST_BROWSER || names.flatMap(onPath)[0];

type Run = ImplementationFn<[]>;

/** A test that needs a browser; CI has one. */
export function inBrowser(title: string, run: Run): void {
  if (browser !== undefined || process.env.CI) test.serial(title, run);
  else test.serial.skip(`${title} (no chromium here; BENCH_TEST_BROWSER names a browser)`, run);
}

/** One more of them, which CI makes. */
export function inBrowserThoroughly(title: string, run: Run): void {
  if (process.env.CI) inBrowser(title, run);
  else thoroughly(title, run);
}

export interface Visit {
  page: Page;
  context: BrowserContext;
  /** What the console and its errors said, and what was asked for besides the page. */
  heard: string[];
}

/** A page of a file, in a browser that ends with the test and leaves no profile. */
export async function visit(
  t: ExecutionContext,
  file: string,
  options: BrowserContextOptions = {},
): Promise<Visit> {
  const folder = await temporaryFolder(t);
  const context = await chromium.launchPersistentContext(path.join(folder, 'profile'), {
    executablePath: browser ?? 'chromium',
    args: flags,
    env: { ...process.env, TMPDIR: folder },
    // Nothing answers there: what would leave the page is heard, and goes nowhere.
    offline: true,
    ...options,
  });
  t.teardown(() => context.close());
  const page = await context.newPage();
  const heard: string[] = [];
  page.on('console', (message) => heard.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', ({ message }) => heard.push(`error: ${message}`));
  page.on('dialog', (dialog) => heard.push(`dialog: ${dialog.message()}`));
  page.on('request', (request) => {
    if (request.url() !== `file://${file}` && !request.url().startsWith('data:'))
      heard.push(`request: ${request.url()}`);
  });
  await page.goto(`file://${file}`);
  return { page, context, heard };
}

function onPath(name: string): string[] {
  return (process.env.PATH ?? '').split(path.delimiter).flatMap((folder) => {
    const file = path.join(folder, name);
    try {
      accessSync(file, constants.X_OK);
      return [file];
    } catch {
      return [];
    }
  });
}
