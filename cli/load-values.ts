import { isIPv4, isIPv6 } from 'node:net';
import { type Parse, refuse } from './values.js';

/** The tokens and the visible characters of RFC 9110, 5.1 and 5.5: no line end gets into a request. */
const field = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([\x20-\x7e\x80-\xff\t]*)$/;

/** A header line, `name: value`. */
export const header: Parse<[name: string, value: string]> = (text, flag) => {
  const [, name, value] = field.exec(text) ?? [];
  if (name === undefined || value === undefined)
    return refuse(
      flag,
      text,
      'a header line of Latin-1 characters without a line end, such as "accept: text/html"',
    );
  return [name, value.trim()];
};

const mostAddresses = 4096;

/** Addresses apart by commas; `127.0.0.2-9` is eight of them. */
export const localAddresses: Parse<string[]> = (text, flag) => {
  const such = `IP addresses or ranges of the last number (${mostAddresses} at most), such as 127.0.0.2-9`;
  const addresses = text.split(',').flatMap((item) => {
    const [, base = '', first, last] = /^(\d+\.\d+\.\d+\.)(\d+)-(\d+)$/.exec(item) ?? [];
    if (first === undefined) return [item];
    const length = Number(last) - Number(first) + 1;
    if (length < 1 || length > 256) return refuse(flag, text, such);
    return Array.from({ length }, (_, index) => `${base}${Number(first) + index}`);
  });
  const valid = addresses.every((address) => isIPv4(address) || isIPv6(address));
  return valid && addresses.length <= mostAddresses ? addresses : refuse(flag, text, such);
};
