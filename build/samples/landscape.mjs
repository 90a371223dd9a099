// A lake below mountains, drawn from value noise.
import sharp from 'sharp'
import { R, pick, rs, svg } from './figures.mjs'

function noise2(s) {
  const p = new Uint32Array(65536)
  rs(s)
  for (let i = 0; i < 65536; i++) p[i] = R() * 4294967295
  const g = (x, y) => p[(x & 255) | ((y & 255) << 8)] / 4294967295
  return (x, y) => {
    const xi = Math.floor(x),
      yi = Math.floor(y)
    let u = x - xi,
      v = y - yi
    u = u * u * (3 - 2 * u)
    v = v * v * (3 - 2 * v)
    const a = g(xi, yi),
      b = g(xi + 1, yi),
      c = g(xi, yi + 1),
      d = g(xi + 1, yi + 1)
    return a + (b - a) * u + (c - a) * v + (a - b - c + d) * u * v
  }
}
const fbm = (n, x, y, o = 5) => {
  let s = 0,
    a = 0.5
  for (let i = 0; i < o; i++) {
    s += a * n(x, y)
    x *= 2.03
    y *= 2.03
    a *= 0.5
  }
  return s
}
export async function landscape(sd, w, h, opt = {}) {
  const n = noise2(sd)
  const buf = Buffer.alloc(w * h * 3)
  const mix = (a, b, t) => [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t]
  const H = opt.horizon || 0.6
  const lake = opt.lake !== false
  const skyT = opt.skyT || [92, 140, 186],
    skyB = opt.skyB || [226, 220, 205]
  const ridges = opt.ridges || [
    [0.3, 0.2, [150, 165, 182]],
    [0.4, 0.17, [110, 132, 140]],
    [0.49, 0.12, [74, 100, 82]],
    [0.545, 0.06, [48, 74, 46]],
  ]
  const hy = ridges.map(([b, a], i) => {
    const r = new Float32Array(w)
    for (let x = 0; x < w; x++) {
      const m = fbm(n, (x / w) * (2.2 + i * 1.6) + i * 37, i * 11.3, 6)
      r[x] = (b + a * (0.5 - m) * 1.6) * h
    }
    return r
  })
  const shade = (x, y) => {
    // y in [0,h) above horizon
    const t = y / (H * h)
    let c = mix(skyT, skyB, Math.pow(t, 1.1))
    const cl = fbm(n, (x / w) * 3.2 + 9, (y / h) * 9 + 3, 6)
    const k = Math.max(0, Math.min(1, (cl - 0.5) * 4.2)) * (1 - t * 0.5)
    c = mix(c, [248, 244, 236], k * 0.85)
    for (let i = 0; i < ridges.length; i++) {
      if (y > hy[i][x]) {
        const d = (y - hy[i][x]) / (h * 0.2)
        const slope = (hy[i][Math.min(w - 1, x + 3)] - hy[i][Math.max(0, x - 3)]) / 6
        const tex = fbm(n, (x / w) * 26 + i * 5, (y / h) * 22, 4) - 0.47
        const l = 1 + slope * 0.28 + tex * (0.5 + 0.25 * i) - d * 0.12
        let cc = ridges[i][2].map((v) => v * l)
        if (i < 2 && d < 0.45) {
          const sn = Math.max(0, Math.min(1, (0.42 - d + tex * 1.2) * 3))
          cc = mix(cc, [238, 240, 242], sn * (i === 0 ? 0.85 : 0.4) * Math.max(0.4, 1 + slope * 0.5))
        }
        if (i === 3) {
          cc = cc.map((v) => v * (0.72 + 0.7 * fbm(n, (x / w) * 90, (y / h) * 60, 2)))
        }
        c = mix(cc, [212, 214, 214], Math.max(0, 0.3 - i * 0.09))
      }
    }
    return c
  }
  for (let y = 0; y < h; y++)
    for (let x = 0; x < w; x++) {
      let c
      if (y < H * h) c = shade(x, y)
      else {
        const dy = y - H * h
        if (lake) {
          const rip = (n((x / w) * 30, y * 0.55) - 0.5) * (2 + dy * 0.11)
          const sx = Math.max(0, Math.min(w - 1, Math.round(x + rip * 2)))
          const sy = Math.max(0, Math.round(H * h - 1 - dy * 1.05 - Math.abs(rip)))
          c = mix(shade(sx, sy), [44, 76, 92], 0.34 + (0.3 * dy) / (h * (1 - H)))
          const g2 = n((x / w) * 60, y * 0.9)
          if (g2 > 0.8) c = mix(c, [220, 228, 228], (g2 - 0.8) * 1.6)
        } else {
          const f = fbm(n, (x / w) * 14, (y / h) * 40, 4)
          c = mix([142, 138, 72], [92, 112, 50], f * 1.3)
          const rows = Math.sin(((x - w / 2) / (dy + 30)) * 14)
          c = mix(c, [176, 150, 82], rows > 0.2 ? 0.35 : 0)
          c = c.map((v) => v * (0.72 + 0.55 * f))
        }
        const bank = h * (0.93 + 0.05 * (fbm(n, (x / w) * 5, 77, 4) - 0.5) * 4)
        if (y > bank) {
          const f = fbm(n, (x / w) * 70, (y / h) * 50, 3)
          c = mix([60, 72, 34], [120, 116, 58], f).map((v) => v * 0.85)
        }
      }
      const o = (y * w + x) * 3
      for (let k = 0; k < 3; k++) buf[o + k] = Math.max(0, Math.min(255, c[k]))
    }
  let over = ''
  if (opt.boat)
    over += `<ellipse cx="${w * 0.62}" cy="${h * 0.745}" rx="${w * 0.07}" ry="${h * 0.012}" fill="#000" opacity=".4"/><path d="M${w * 0.55} ${h * 0.715} q${w * 0.07} ${h * 0.05} ${w * 0.15} 0 l-${w * 0.015} ${h * 0.035} h-${w * 0.115}z" fill="#7a3d2c"/><path d="M${w * 0.62} ${h * 0.715}v-${h * 0.07}" stroke="#2d2a26" stroke-width="${w * 0.012}"/><circle cx="${w * 0.62}" cy="${h * 0.635}" r="${w * 0.009}" fill="#d9a684"/>`
  if (opt.pine) {
    rs(sd + 5)
    for (const [px, ph] of [
      [0.06, 0.62],
      [0.12, 0.46],
      [0.93, 0.7],
      [0.86, 0.4],
      [0.985, 0.5],
    ]) {
      let d = ''
      for (let k = 0; k < 13; k++) {
        const y = h * (0.96 - ph * (1 - k / 13)),
          ww = ((w * 0.055 * (k + 1)) / 13) * (0.75 + 0.5 * R())
        d += `<path d="M${w * px - ww} ${y + h * 0.045} Q${w * px} ${y - h * 0.03} ${w * px + ww} ${y + h * 0.045} Q${w * px} ${y + h * 0.02} ${w * px - ww} ${y + h * 0.045}Z" fill="${pick(['#22331d', '#2b3f24', '#1b2a18'])}"/>`
      }
      over += `<rect x="${w * px - 2}" y="${h * (0.96 - ph)}" width="4" height="${h * ph}" fill="#2a2018"/>` + d
    }
  }
  over += `<rect width="${w}" height="${h}" fill="url(#vg)" opacity=".8"/>`
  return [
    w,
    h,
    await sharp(buf, { raw: { width: w, height: h, channels: 3 } })
      .composite([{ input: Buffer.from(svg(w, h, over)) }])
      .png()
      .toBuffer(),
  ]
}
