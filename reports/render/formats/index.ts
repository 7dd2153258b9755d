import { csv } from './csv.js';
import type { Format } from './format.js';
import { hgrm } from './hgrm.js';
import { html } from './html.js';
import { json } from './json.js';
import { junit } from './junit.js';
import { markdown } from './markdown.js';
import { svg } from './svg.js';

/** Every format, in the order in which help names them. */
export const formats: readonly Format[] = [html, markdown, csv, junit, json, hgrm, svg];
