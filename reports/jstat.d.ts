/** What we use of jstat, which ships no types. */
declare module 'jstat' {
  const jstat: {
    chisquare: {
      cdf(x: number, degreesOfFreedom: number): number;
      inv(probability: number, degreesOfFreedom: number): number;
    };
  };
  export default jstat;
}
