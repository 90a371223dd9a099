import sharp from 'sharp'

// libvips would remember operations by file name and answer for a file that has been replaced since.
sharp.cache(false)

export { sharp }
