// The other side of the benchmark: sharp alone decodes each file and encodes it again.
//   node sharp-round-trip.ts QUALITY SUBSAMPLING OUT_FOLDER FILE…
import { basename, join } from 'node:path'
import sharp from 'sharp'

const [quality, chromaSubsampling, folder, ...files] = process.argv.slice(2)
for (const file of files) {
  await sharp(file)
    .jpeg({ quality: Number(quality), chromaSubsampling: chromaSubsampling! })
    .toFile(join(folder!, basename(file)))
}
