import { csv } from './csv.js';
import type { Format } from './format.js';
import { hgrm } from './hgrm.js';
import { json } from './json.js';
import { junit } from './junit.js';
import { markdown } from './markdown.js';

/** Every format, in the order in which help names them. */
export const formats: readonly Format[] = [markdown, csv, junit, json, hgrm];
