import { isIPv4, isIPv6 } from 'node:net';
import { httpSyntax } from '../harness/http-syntax.js';
import { type Parse, refuse } from './values.js';

/** A header line, `name: value`. */
export const header: Parse<[name: string, value: string]> = (text, flag) => {
  const colon = text.indexOf(':');
  const [name, value] = [text.slice(0, Math.max(colon, 0)), text.slice(colon + 1)];
  if (!httpSyntax.fieldName.test(name) || !httpSyntax.fieldValue.test(value))
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
