/**
 * `12,345.6`: as `toLocaleString('en-US')` has it, but for decimals halfway that binary has none of (1.15 is a little less). That
 * one loads the words and rules of a language when it is first called, which takes as long as a small report.
 */
export function withThousands(value: number, mostDecimals = 0): string {
  const [whole = '', decimals] = String(Number(value.toFixed(mostDecimals))).split('.');
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, ',');
  return decimals === undefined ? grouped : `${grouped}.${decimals}`;
}
