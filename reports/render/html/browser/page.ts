/** What a page does where scripts may run: charts answer the pointer, and the command can be copied. */
import { offerCopy } from './copy.js';
import { enliven } from './live.js';

enliven();
offerCopy();
