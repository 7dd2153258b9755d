import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { ExecutionContext } from 'ava';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { renderHtml } from '../../../reports/render/html/html.js';
import { inBrowser, inBrowserThoroughly, type Visit, visit } from '../../helpers/browser.js';
import { temporaryFolder } from '../../helpers/temporary.js';
import { buildFullRun } from '../build-full-run.js';

const { resolve } = createRequire(import.meta.url);
const page = renderHtml(buildFullRun());

async function open(t: ExecutionContext, text: string, options: BrowserContextOptions = {}): Promise<Visit> {
  const file = path.join(await temporaryFolder(t), 'report.html');
  await writeFile(file, text);
  return visit(t, file, options);
}

/** Charts come to life where they are looked at. */
async function readThrough(page: Page): Promise<void> {
  for (const figure of await page.locator('figure').all()) await figure.scrollIntoViewIfNeeded();
  await page.waitForTimeout(100);
}

const drawn = (page: Page, selector: string) =>
  page
    .locator(selector)
    .evaluateAll((all) => all.filter((each) => each.getBoundingClientRect().width > 100).length);

inBrowser('every chart answers the pointer, and nothing is on the console nor leaves the page', async (t) => {
  const { page: shown, heard } = await open(t, page);
  await readThrough(shown);
  const figures = await shown.locator('figure').count();
  t.true(figures > 20);
  const still = await drawn(shown, '.plot > svg');
  t.is(await drawn(shown, '.live svg'), figures - still);
  t.is(still, 3);

  await shown.locator('#slots-rr-4').scrollIntoViewIfNeeded();
  await shown.locator('#slots-rr-4 .live').hover();
  await shown
    .getByText(/connections/)
    .first()
    .waitFor();
  await shown.locator('#slots-rr-4 .live').getByText(/\d %/).first().waitFor();
  t.deepEqual(heard, []);
});

inBrowser('without scripts every chart is drawn', async (t) => {
  const { page: shown, heard } = await open(t, page, { javaScriptEnabled: false });
  // Scripts of a test do not run there either.
  t.true((await shown.locator('.plot > svg').count()) > 20);
  for (const plot of await shown.locator('.plot > svg').all())
    t.true(((await plot.boundingBox())?.width ?? 0) > 300);
  t.is(await shown.locator('.live').count(), 0);
  t.deepEqual(heard, []);
});

const looks = [
  ['dark', 390],
  ['light', 1280],
  ['dark', 1280],
  ['light', 390],
] as const;
for (const [index, [scheme, width]] of looks.entries()) {
  (index === 0 ? inBrowser : inBrowserThoroughly)(
    `axe finds no serious fault: ${scheme}, ${width} wide`,
    async (t) => {
      const { page: shown } = await open(t, page, {
        colorScheme: scheme,
        viewport: { width, height: 800 },
        bypassCSP: true,
      });
      await readThrough(shown);
      await shown.addScriptTag({ content: await readFile(resolve('axe-core/axe.min.js'), 'utf8') });
      const violations = await shown.evaluate('axe.run().then(({ violations }) => violations)');
      const faults = (violations as { id: string; impact: string; nodes: { html: string }[] }[])
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`);
      t.deepEqual(faults, []);
      const overflow = await shown.evaluate('document.documentElement.scrollWidth - innerWidth');
      t.true(Number(overflow) <= 0, `${overflow} wider than the screen`);
    },
  );
}

inBrowser('hostile names do nothing, in charts and their tooltips neither', async (t) => {
  const hostile = `</script><script>alert(1)</script><img src=http://127.0.0.1:9/x onerror=alert(2)>{b}"'`;
  const { page: shown, heard } = await open(
    t,
    renderHtml(buildFullRun({ policies: [hostile, 'shared'], text: hostile })),
  );
  await readThrough(shown);
  for (const figure of await shown.locator('.live').all()) await figure.hover();
  const point = shown.locator('#compared-percentiles .live');
  await point.hover();
  await shown.locator('#compared-percentiles .live span', { hasText: '<img src=' }).first().waitFor();
  t.is(await shown.locator('img').count(), 0);
  t.deepEqual(heard, []);
});

inBrowserThoroughly(
  'it is read by keyboard: the results are one key away, tables scroll and open, the command is copied',
  async (t) => {
    const { page: shown, heard } = await open(t, page);
    await shown.keyboard.press('Tab');
    t.is(await shown.evaluate('document.activeElement.className'), 'skip');
    await shown.keyboard.press('Enter');
    t.true(shown.url().endsWith('#main'));
    await shown.locator('#slots-rr-4 summary').focus();
    await shown.keyboard.press('Enter');
    t.true(await shown.locator('#slots-rr-4 table').isVisible());
    await shown.getByRole('button', { name: 'Copy' }).focus();
    await shown.keyboard.press('Enter');
    await shown.getByRole('button', { name: /Copied|Selected/ }).waitFor();
    t.deepEqual(heard, []);
  },
);

inBrowserThoroughly('on paper it is light, and the drawings are those that need no script', async (t) => {
  const { page: shown } = await open(t, page, { colorScheme: 'dark' });
  await readThrough(shown);
  await shown.emulateMedia({ media: 'print' });
  t.is(await drawn(shown, '.live svg'), 0);
  t.is(await drawn(shown, '.plot > svg'), await shown.locator('figure').count());
  t.is(
    await shown.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--panel')"),
    '#ffffff',
  );
});
