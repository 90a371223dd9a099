/** Colour of one frame: U and V in 8-bit steps around 0, one value for each pixel of the frame. */
export interface Chroma {
  readonly u: Float32Array
  readonly v: Float32Array
}

/** Stored steps of colour for each 8-bit step. */
export const fine = 64

/** Colour that has to wait: U and V in steps of 1/`fine`, half the room. */
export interface StoredChroma {
  readonly u: Int16Array
  readonly v: Int16Array
}

/** A copy of colour in half the room, each value rounded. */
export function storedChroma({ u, v }: Chroma): StoredChroma {
  const rounded = (plane: Float32Array): Int16Array => {
    const made = new Int16Array(plane.length)
    for (let i = 0; i < made.length; i++) made[i] = Math.round((plane[i] as number) * fine)
    return made
  }
  return { u: rounded(u), v: rounded(v) }
}

/** Brings colour to stored colour by a share of the way, in place. @param share 0…1 */
export function mixStored(color: Chroma, stored: StoredChroma, share: number): void {
  for (let i = 0; i < color.u.length; i++) {
    color.u[i] = (color.u[i] as number) + share * ((stored.u[i] as number) / fine - (color.u[i] as number))
    color.v[i] = (color.v[i] as number) + share * ((stored.v[i] as number) / fine - (color.v[i] as number))
  }
}
