// Numbers that the kernels use four at a time. They stand in memory because loading one costs the engine a single
// instruction, building it from an immediate costs three.

/** All four lanes one number. */
@inline
export function all(address: usize): v128 {
  return v128.load_splat<f32>(address)
}

// Small numbers.
export const one = memory.data<f32>([1])
export const half = memory.data<f32>([0.5])
export const oneAndHalf = memory.data<f32>([1.5])
export const two = memory.data<f32>([2])
export const three = memory.data<f32>([3])
export const four = memory.data<f32>([4])
export const five = memory.data<f32>([5])
export const lastPair = memory.data<f32>([254])

// CIE Lab: 6/29, its cube, the straight foot's slope 1/(3·(6/29)²) and the inverse of that slope.
export const corner = memory.data<f32>([0.20689655172413793])
export const cornerCubed = memory.data<f32>([0.008856451679035631])
export const footSlope = memory.data<f32>([7.787037037037035])
export const inverseSlope = memory.data<f32>([0.12841854934601665])
export const third = memory.data<f32>([0.3333333333])
export const lightnessScale = memory.data<f32>([116])
export const lightnessOffset = memory.data<f32>([16])
export const errorScale = memory.data<f32>([38.666666667])

// Cube root as a polynomial in the fourth root, x = 0.0088 … 1 (relative error 9e-6 before its Newton step).
export const root0 = memory.data<f32>([-0.0131963146])
export const root1 = memory.data<f32>([0.4936952619])
export const root2 = memory.data<f32>([0.8915195756])
export const root3 = memory.data<f32>([-0.6216743692])
export const root4 = memory.data<f32>([0.3272560425])
export const root5 = memory.data<f32>([-0.0776085916])

// sRGB curve as a polynomial in the fourth root, x = 0.0031 … 1 (error 3.3e-7), and its straight foot.
export const curve0 = memory.data<f32>([-0.0584405922])
export const curve1 = memory.data<f32>([0.1234953844])
export const curve2 = memory.data<f32>([1.4619702139])
export const curve3 = memory.data<f32>([-1.1572054062])
export const curve4 = memory.data<f32>([1.2113816872])
export const curve5 = memory.data<f32>([-0.900617407])
export const curve6 = memory.data<f32>([0.3958860193])
export const curve7 = memory.data<f32>([-0.0764701705])
export const footEnd = memory.data<f32>([0.0031308])
export const footGain = memory.data<f32>([12.92])

// The same curve in samples of 8 bit (error 0.009 of a sample: the rounding looks at both neighbours anyway).
export const byteCurve0 = memory.data<f32>([-16.47186716])
export const byteCurve1 = memory.data<f32>([49.98528489])
export const byteCurve2 = memory.data<f32>([286.35759611])
export const byteCurve3 = memory.data<f32>([-85.63039993])
export const byteCurve4 = memory.data<f32>([20.76815482])
export const byteFootGain = memory.data<f32>([3294.6])

// Linear sRGB to X/Xn, Y, Z/Zn (rows sum to one).
export const weightR = memory.data<f32>([0.2126390059])
export const weightG = memory.data<f32>([0.7151686788])
export const weightB = memory.data<f32>([0.0721923154])
export const xR = memory.data<f32>([0.43388734558])
export const xG = memory.data<f32>([0.37622400914])
export const xB = memory.data<f32>([0.18988864529])
export const zR = memory.data<f32>([0.01775004006])
export const zG = memory.data<f32>([0.10944762087])
export const zB = memory.data<f32>([0.87280233908])

// What X/Xn − Y and Z/Zn − Y add to red, green and blue.
export const redX = memory.data<f32>([3.08039909061])
export const redZ = memory.data<f32>([-0.54301591299])
export const greenX = memory.data<f32>([-0.92122335893])
export const greenZ = memory.data<f32>([0.04525585727])
export const blueX = memory.data<f32>([0.05287393904])
export const blueZ = memory.data<f32>([1.15110301991])

// Gamut: tolerances, a and b of x and z, the table's steps (64 rows over L* 100, 128 columns over 4).
export const under = memory.data<f32>([-1e-6])
export const over = memory.data<f32>([1.000001])
export const tiny = memory.data<f32>([1e-9])
export const aScale = memory.data<f32>([500])
export const bScale = memory.data<f32>([-200])
export const columnScale = memory.data<f32>([32])
export const rowScale = memory.data<f32>([0.64])

// Rounding: 1.5·2²³ and its bits, and the price of a whole step (0.014 L*, times 3/116).
export const rounder = memory.data<f32>([12582912])
export const stepPrice = memory.data<f32>([0.000362])

// Whole numbers.
export const rounderBits = memory.data<i32>([0x4b400000])
export const laneNumbers = memory.data<i32>([0, 1, 2, 3])
// Every byte of an RGB pixel onto its neighbour; and two comparisons of each pixel, over its lane.
export const turnOrder = memory.data<u8>([1, 2, 0, 4, 5, 3, 7, 8, 6, 10, 11, 9, 12, 13, 14, 15])
export const firstOfPixel = memory.data<u8>([0, 0, 0, 0, 3, 3, 3, 3, 6, 6, 6, 6, 9, 9, 9, 9])
export const secondOfPixel = memory.data<u8>([1, 1, 1, 1, 4, 4, 4, 4, 7, 7, 7, 7, 10, 10, 10, 10])
export const packOrder = memory.data<u8>([0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 3, 3, 3, 3])
