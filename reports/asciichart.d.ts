/** What we use of asciichart, which ships no types. */
declare module 'asciichart' {
  interface PlotOptions {
    min?: number;
    max?: number;
    /** Rows above the lowest one. */
    height?: number;
    /** Columns before the first point; the last of them holds the axis. */
    offset?: number;
    /** Escape sequences, one per series; the plot resets after each character. */
    colors?: (string | undefined)[];
    format?: (value: number, row: number) => string;
  }
  const asciichart: { plot(series: number[][], options?: PlotOptions): string };
  export default asciichart;
}
