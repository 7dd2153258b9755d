import type { RunRecord } from '../../harness/record.js';
import { type Format, hasParts, type Text } from '../../reports/render/formats/format.js';

const whole = (text: Text) => (typeof text === 'string' ? text : [...text].join(''));

/** All that a format makes of a run; what is one text has no name. */
export async function textsOf(format: Format, run: RunRecord): Promise<{ name: string; text: string }[]> {
  const parts = hasParts(format)
    ? await format.renderParts(run)
    : [{ name: '', text: await format.render(run) }];
  return parts.map(({ name, text }) => ({ name, text: whole(text) }));
}
