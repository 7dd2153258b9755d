import { existsSync } from 'node:fs';
import path from 'node:path';
import test from 'ava';
import { pages, proseOf, root } from '../helpers/pages.js';

/** Headings as GitHub makes anchors of them. */
function anchorsOf(page: string): Set<string> {
  return new Set(
    [...proseOf(page).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
      heading
        .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
        .toLowerCase()
        .replace(/[^\p{L}\p{N}_ -]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

function linksOf(page: string): string[] {
  const text = proseOf(page);
  return [...text.matchAll(/\]\(([^)\s]+)\)/g), ...text.matchAll(/\b(?:src|srcset|href)="([^"]+)"/g)]
    .map(([, link = '']) => link)
    .filter((link) => !/^https?:/.test(link));
}

test('every link of a page leads to a file, and to a heading of it', (t) => {
  const broken = pages.flatMap((page) =>
    linksOf(page)
      .filter((link) => !leads(page, link))
      .map((link) => `${page}: ${link}`),
  );
  t.deepEqual(broken, []);
});

function leads(page: string, link: string): boolean {
  const [file = '', anchor] = link.split('#');
  const target = file === '' ? page : path.posix.join(path.posix.dirname(page), file);
  return existsSync(path.join(root, target)) && (anchor === undefined || anchorsOf(target).has(anchor));
}

test('every page of docs is named in the README', (t) => {
  const linked = linksOf('README.md');
  t.deepEqual(
    pages.filter((page) => page.startsWith('docs/') && !linked.includes(page)),
    [],
  );
});
