import test from 'ava';
import fc from 'fast-check';
import { flow, plain, truncate, width, wrap } from '../../../reports/render/text.js';

test('colour takes no width', (t) => {
  t.is(width('\u001b[31mred\u001b[39m'), 3);
});

test('text wraps between words, and inside one only where it is longer than a line', (t) => {
  t.deepEqual(wrap('a bb ccc dddddddd', 5), ['a bb', 'ccc', 'ddddd', 'ddd']);
});

test('a Chinese letter takes two columns', (t) => {
  t.is(width('策略 rr'), 7);
  t.is(truncate('./策略.mjs', 6), './策…');
  t.deepEqual(wrap('策略策略', 5), ['策略', '策略']);
  t.deepEqual(wrap('策略', 1), ['策', '略']);
});

test('phrases stay whole where they fit, and the separator is not left hanging', (t) => {
  t.deepEqual(flow(['one two', 'three', 'four five'], ' · ', 16), ['one two · three', 'four five']);
});

test('no line of any text exceeds its width, and no letter is lost', (t) => {
  const letter = fc.oneof(fc.string({ minLength: 1, maxLength: 1 }), fc.constantFrom('策', '—', 'é', '😀'));
  fc.assert(
    fc.property(fc.array(fc.string({ unit: letter })), fc.integer({ min: 1, max: 40 }), (words, columns) => {
      const text = plain(words.join(' '));
      const lines = wrap(text, columns);
      const letters = (lines: string) => lines.replaceAll(' ', '');
      // Into a single column no Chinese letter fits.
      const fits = (line: string) => width(line) <= columns || (columns === 1 && [...line].length === 1);
      return lines.every(fits) && letters(lines.join('')) === letters(text);
    }),
  );
  t.pass();
});

test('text from outside loses its escapes and line breaks', (t) => {
  t.is(plain('\u001b[31mboom\u001b[0m\n\tat x\u0007'), 'boom at x');
});

test('a cut text ends in an ellipsis', (t) => {
  t.is(truncate('reuseport', 5), 'reus…');
  t.is(truncate('rr', 5), 'rr');
});
