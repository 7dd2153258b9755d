import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** `size` bytes, the same for the same seed. */
export function randomBytes(size: number, seed: number): Buffer {
  const generator = xoroshiro128plus(seed);
  return Buffer.from(Array.from({ length: size }, () => generator.next() & 0xff));
}
