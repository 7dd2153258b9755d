/**
 * What is used of hdr-histogram-js, by the modules that hold it: the package's index also makes the number formatters
 * of its log writer, which takes every client process 30 ms at its start. (So the version is held to patches.)
 */
export type { Histogram as Hdr } from 'hdr-histogram-js';
export { decodeFromCompressedBase64, encodeIntoCompressedBase64 } from 'hdr-histogram-js/dist/encoding.js';
export { build } from 'hdr-histogram-js/dist/HistogramBuilder.js';
