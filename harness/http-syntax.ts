/**
 * What a request may be made of: tokens and visible characters of RFC 9110, 5.1, 5.5 and 9.1, so that no line end gets into it.
 * CONNECT is left out, which has no answer of its own.
 */
export const httpSyntax = {
  method: /^(?!CONNECT$)[A-Z][A-Z-]{0,30}$/,
  path: /^\/[\x21-\x7e]*$/,
  fieldName: /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/,
  /** Latin-1. */
  fieldValue: /^[\x20-\x7e\x80-\xff\t]*$/,
} as const;
