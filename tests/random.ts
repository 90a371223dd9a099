/** A repeatable sequence in 0…1 (Lehmer, Park and Miller 1988). */
export function randomFrom(seed: number): () => number {
  let state = (seed % 2147483646) + 1
  return () => (state = (state * 48271) % 2147483647) / 2147483647
}
