import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/**
 * Samples of `n` standard normals, the same for the same arguments. Source: Box & Muller, Ann. Math. Stat. 29 (1958).
 */
export function normalSamples(n: number, samples: number, seed = n): number[][] {
  const random = xoroshiro128plus(seed);
  const normal = () =>
    Math.sqrt(-2 * Math.log(1 - uniformFloat64(random))) * Math.cos(2 * Math.PI * uniformFloat64(random));
  return Array.from({ length: samples }, () => Array.from({ length: n }, normal));
}
