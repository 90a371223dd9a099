/** Cuts pieces into frames of so many bytes, each copied once; one of fewer bytes than it should have is never passed on. */
export function frameCutter(bytes: number, onFrame: (frame: Buffer) => void | Promise<void>): (piece: Buffer) => Promise<void> {
  // In memory of its own: a frame may be handed to another thread.
  const room = (): Buffer => Buffer.from(new ArrayBuffer(bytes))
  let [frame, filled] = [room(), 0]
  return async (piece) => {
    for (let at = 0; at < piece.length; ) {
      const part = Math.min(bytes - filled, piece.length - at)
      frame.set(piece.subarray(at, at + part), filled)
      filled += part
      at += part
      if (filled < bytes) continue
      await onFrame(frame)
      ;[frame, filled] = [room(), 0]
    }
  }
}
