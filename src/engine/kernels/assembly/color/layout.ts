// Byte offsets of the parameter block at the start of the kernel's memory. Read by the AssemblyScript kernels and by
// the TypeScript that fills the block, so it uses only what both languages share.

// Whole numbers (i32).
export const widthAt = 0
export const channelsAt = 4
export const depthAt = 8
export const outDepthAt = 12
export const planeWidthAt = 16
export const planeHeightAt = 20
export const keepToneAt = 24
// Addresses (i32).
export const planesAt = 32
export const lineAt = 40
export const gapsAt = 48
export const positionsAt = 52
export const rowFirstAt = 56
export const rowWeightsAt = 60
export const toneTableAt = 64
export const outTableAt = 68
export const gamutAt = 72
export const scratchAt = 76
export const sourceAt = 80
export const outputAt = 84
// For the other kernels: a second picture's samples, format and table; the reduced plane.
export const otherAt = 196
export const otherChannelsAt = 200
export const otherDepthAt = 204
export const otherTableAt = 208
export const heightAt = 212
export const reducedWidthAt = 216
export const reducedHeightAt = 220
export const reducedAt = 224
export const lineSumsAt = 228
// f(Y) of neutral RGB by its sample, for each of the two pictures; 0 where it is worked out.
export const neutralTableAt = 232
export const otherNeutralAt = 236
// Numbers (f32).
export const toneRedAt = 96
export const toneGreenAt = 100
export const toneBlueAt = 104
export const warmXAt = 108
export const warmZAt = 112
// Figures, added to by every call (f64).
export const driftSumAt = 128
export const driftMaxAt = 136
export const redGreenSumAt = 144
export const redGreenSquaresAt = 152
export const yellowBlueSumAt = 160
export const yellowBlueSquaresAt = 168
export const gamutCountAt = 176
export const pixelsAt = 184

/** First byte after the block: the compiler's constants follow (--memoryBase in build/kernels.mjs). */
export const parametersEnd = 1024

/** First byte after the block and the constants behind it. */
export const blockEnd = 4096

/** Pixels that pass through the stages at once; their intermediate values stay in the first-level cache. */
export const chunk = 512
