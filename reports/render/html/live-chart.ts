/** Plain data: what JSON keeps. Functions are named, as formatters.ts has them. */
export type ChartOption = Record<string, unknown>;

/** What a page says of a chart to its script. */
export interface LiveChart {
  /** Of its figure. */
  name: string;
  height: number;
  option: ChartOption;
}
