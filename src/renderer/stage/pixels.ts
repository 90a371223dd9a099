/** The samples of a picture, as large as it is or at most `most` pixels wide. @throws where there is no picture at the address */
export async function pixelsOf(src: string, most = Number.POSITIVE_INFINITY): Promise<ImageData> {
  const image = new Image()
  image.src = src
  await image.decode()
  const scale = Math.min(1, most / image.naturalWidth)
  const [width, height] = [Math.max(1, Math.round(image.naturalWidth * scale)), Math.max(1, Math.round(image.naturalHeight * scale))]
  const context = Object.assign(document.createElement('canvas'), { width, height }).getContext('2d', { willReadFrequently: true })
  if (!context) throw new Error('no canvas')
  context.drawImage(image, 0, 0, width, height)
  return context.getImageData(0, 0, width, height)
}
