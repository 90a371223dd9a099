/** Disjoint sets of the numbers from 0 to `count`; the smallest number of a set names it. */
export class Sets {
  readonly #parent: Int32Array

  constructor(count: number) {
    this.#parent = Int32Array.from({ length: count + 1 }, (_, n) => n)
  }

  find(n: number): number {
    let root = n
    while (this.#parent[root] !== root) root = this.#parent[root] as number
    for (let at = n; at !== root; ) {
      const up = this.#parent[at] as number
      this.#parent[at] = root
      at = up
    }
    return root
  }

  join(one: number, other: number): void {
    const [a, b] = [this.find(one), this.find(other)]
    if (a < b) this.#parent[b] = a
    else this.#parent[a] = b
  }
}
