/** browser/page.ts with everything that it needs, in one line or few; bundle.js makes the module. */
export const pageScript: string;
