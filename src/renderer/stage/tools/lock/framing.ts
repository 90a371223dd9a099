import { distance } from '../marks.ts'
import type { Pointer, State } from '../tool.ts'

/** Screen pixels that the pointer moves before it draws a frame. */
const least = 6

/** A frame from where the pointer went down to where it is; none as long as it has not really moved. */
export function framing(from: Pointer): State {
  const boxTo = (to: Pointer) => ({ x: Math.min(from.x, to.x), y: Math.min(from.y, to.y), width: Math.abs(to.x - from.x), height: Math.abs(to.y - from.y) })
  let isFrame = false
  return {
    name: 'framing',
    move(pointer, board) {
      isFrame ||= distance(pointer, from, board.size) >= least * pointer.pixel
      if (isFrame) board.frame(boxTo(pointer))
    },
    up(pointer, board) {
      const box = boxTo(pointer)
      board.frame(null)
      if (!isFrame) board.lockAt(from.x, from.y)
      else if (box.width > 0 && box.height > 0) board.lockBox(box)
      return null
    },
  }
}
