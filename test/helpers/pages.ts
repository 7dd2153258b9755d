import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../../', import.meta.url));

/** What people read here, by its path from the project's folder. */
export const pages: readonly string[] = [
  'README.md',
  'CONTRIBUTING.md',
  ...pagesIn('docs'),
  ...pagesIn('examples'),
];

export function textOf(page: string): string {
  return readFileSync(path.join(root, page), 'utf8');
}

/** The code blocks of a language. */
export function blocksOf(page: string, language: string): string[] {
  const block = new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms');
  return [...textOf(page).matchAll(block)].map(([, text = '']) => text);
}

/** Without code blocks. */
export function proseOf(page: string): string {
  return textOf(page).replace(/^```.*?^```/gms, '');
}

function pagesIn(folder: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => path.posix.join(folder, name.split(path.sep).join('/')));
}
