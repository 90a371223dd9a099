import sharp from 'sharp'

// Nothing is decoded twice on purpose: results are memoised by key further up, so libvips' own cache would only hold memory.
sharp.cache(false)

export { sharp }
