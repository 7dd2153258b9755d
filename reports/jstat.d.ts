/** What we use of jstat, which ships no types. */
declare module 'jstat' {
  const jstat: {
    chisquare: {
      cdf(x: number, degreesOfFreedom: number): number;
      inv(probability: number, degreesOfFreedom: number): number;
    };
    normal: {
      cdf(x: number, mean: number, sd: number): number;
      pdf(x: number, mean: number, sd: number): number;
    };
    studentt: {
      cdf(x: number, degreesOfFreedom: number): number;
    };
  };
  export default jstat;
}
