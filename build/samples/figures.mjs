// Drawing of people and leaves as SVG: the parts all sample pictures share. Seeded, so that every run draws the same.
let seed = 1
export const R = () => {
  seed = (seed * 1664525 + 1013904223) % 4294967296
  return seed / 4294967296
}
export const rs = (s) => {
  seed = s * 7919 + 13
}
export const rr = (a, b) => a + (b - a) * R()
export const pick = (a) => a[Math.floor(R() * a.length)]
export const svg = (w, h, body, defs = '') => `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" viewBox="0 0 ${w} ${h}"><defs>
<filter id="b1" x="-5%" y="-5%" width="110%" height="110%"><feGaussianBlur stdDeviation="0.9"/></filter><filter id="b3" x="-20%" y="-20%" width="140%" height="140%"><feGaussianBlur stdDeviation="3"/></filter>
<filter id="b8" x="-40%" y="-40%" width="180%" height="180%"><feGaussianBlur stdDeviation="9"/></filter><filter id="b30" x="-60%" y="-60%" width="220%" height="220%"><feGaussianBlur stdDeviation="34"/></filter>
<linearGradient id="sh" x1="0" x2="1" y1="0" y2=".2"><stop offset="0" stop-color="#fff" stop-opacity=".13"/><stop offset=".42" stop-color="#000" stop-opacity="0"/><stop offset="1" stop-color="#000" stop-opacity=".42"/></linearGradient>
<linearGradient id="dn" x1="0" x2="0" y1="0" y2="1"><stop offset="0" stop-color="#000" stop-opacity="0"/><stop offset="1" stop-color="#000" stop-opacity=".45"/></linearGradient>
<radialGradient id="vg" cx=".5" cy=".48" r=".75"><stop offset=".55" stop-color="#000" stop-opacity="0"/><stop offset="1" stop-color="#000" stop-opacity=".5"/></radialGradient>
<radialGradient id="face" cx=".38" cy=".38" r=".75"><stop offset="0" stop-color="#fff" stop-opacity=".22"/><stop offset=".55" stop-color="#000" stop-opacity="0"/><stop offset="1" stop-color="#2a0d00" stop-opacity=".5"/></radialGradient>${defs}</defs>${body}</svg>`
export function person(x, y, s, o) {
  // head centre at x,y ; s = head height px/100
  const sk = o.skin || '#d9a684',
    hair = o.hair || '#3a2a20',
    c = o.coat,
    f = !!o.f,
    child = !!o.child,
    H = o.h || 520,
    W = (o.w || (f ? 92 : 114)) * (child ? 0.84 : 1)
  const t = o.turn || 0
  let b = ''
  const skirt = f ? W * 1.25 : W * 1.06
  const body = `M -27 60 C -30 84 -${W * 0.62} 84 -${W * 0.9} 104 C -${W * 1.12} 126 -${W * 1.12} 220 -${W * 1.1} 300 L -${skirt} ${H} L ${skirt} ${H} L ${W * 1.1} 300 C ${W * 1.12} 220 ${W * 1.12} 126 ${W * 0.9} 104 C ${W * 0.62} 84 30 84 27 60 Z`
  b += `<path d="${body}" fill="${c}"/>`
  if (f && !o.bun) b += `<path d="M-44 -8 C-54 -66 54 -66 44 -8 C52 30 46 52 34 60 L-34 60 C-46 52 -52 30 -44 -8Z" fill="${hair}"/>`
  // neck + shirt
  b += `<path d="M-19 30 L-21 78 Q0 96 21 78 L19 30Z" fill="${sk}"/><path d="M-19 44 Q0 66 19 44 L19 58 Q0 78 -19 58Z" fill="#000" opacity=".26"/>`
  if (!f) {
    b += `<path d="M-25 70 L0 100 L25 70 L34 84 L8 ${o.vest ? 150 : 205} L-8 ${o.vest ? 150 : 205} L-34 84Z" fill="${o.shirt || '#e9e4d6'}"/>`
    if (o.tie) b += `<path d="M-8 98 L8 98 L5 112 L11 ${o.vest ? 150 : 190} L0 ${o.vest ? 158 : 204} L-11 ${o.vest ? 150 : 190} L-5 112Z" fill="${o.tie}"/>`
    b += `<path d="M-30 70 L-48 100 L-30 122 L-44 132 L-4 222 L-6 168 L-28 84Z M30 70 L48 100 L30 122 L44 132 L4 222 L6 168 L28 84Z" fill="#000" opacity=".28"/><path d="M0 215 L0 ${H}" stroke="#000" stroke-opacity=".35" stroke-width="3"/>`
    b += `<path d="M44 168 l26 -5 l1 10 l-26 5z" fill="${o.shirt || '#e9e4d6'}" opacity=".75"/>`
    for (let i = 0; i < 3; i++) b += `<circle cx="7" cy="${246 + i * 46}" r="4" fill="#000" opacity=".4"/>`
  } else {
    b += `<path d="M-27 66 Q0 ${o.low || 112} 27 66 L44 84 Q0 ${(o.low || 112) + 38} -44 84Z" fill="${o.collar || '#efe9dc'}"/><path d="M-23 66 Q0 ${(o.low || 112) - 6} 23 66Z" fill="${sk}"/>`
    b += `<path d="M-${W * 0.78} 268 Q0 292 ${W * 0.78} 268 L${W * 0.8} 288 Q0 312 -${W * 0.8} 288Z" fill="#000" opacity=".25"/>`
    for (let i = -3; i <= 3; i++) b += `<path d="M${i * 18} 300 L${i * 34} ${H}" stroke="#000" stroke-opacity=".16" stroke-width="6"/>`
    if (o.pearls) for (let i = -4; i <= 4; i++) b += `<circle cx="${i * 6}" cy="${92 - i * i * 1.1}" r="3.2" fill="#f4efe4"/>`
  }
  // arms
  b += `<path d="M-${W * 0.72} 150 Q-${W * 0.8} 240 -${W * 0.74} 340" fill="none" stroke="#000" stroke-opacity=".3" stroke-width="5"/><path d="M${W * 0.72} 150 Q${W * 0.8} 240 ${W * 0.74} 340" fill="none" stroke="#000" stroke-opacity=".36" stroke-width="6"/>`
  if (o.shawl)
    b += `<path d="M-34 80 C-${W} 96 -${W * 1.2} 170 -${W * 1.2} 330 L-${W * 0.62} 350 C-${W * 0.6} 250 -30 180 0 150 C30 180 ${W * 0.6} 250 ${W * 0.62} 350 L${W * 1.2} 330 C${W * 1.2} 170 ${W} 96 34 80 L0 120Z" fill="${o.shawl}"/>`
  b += `<path d="${body}" fill="url(#sh)"/>`
  if (o.hands) {
    b += `<path d="M-${W * 1.02} 300 Q-${W * 0.9} 372 -18 376 L-14 344 Q-${W * 0.5} 340 -${W * 0.62} 270Z" fill="${o.shawl || c}"/><path d="M${W * 1.02} 300 Q${W * 0.9} 376 18 380 L14 348 Q${W * 0.5} 344 ${W * 0.62} 270Z" fill="${o.shawl || c}"/><path d="M${W * 1.02} 300 Q${W * 0.9} 376 18 380 L14 348 Q${W * 0.5} 344 ${W * 0.62} 270Z" fill="#000" opacity=".25"/><ellipse cx="0" cy="362" rx="32" ry="18" fill="${sk}"/><path d="M-20 358 q20 10 40 2 M-16 368 q16 6 34 0" stroke="#3a1a08" stroke-opacity=".35" stroke-width="2.4" fill="none"/>`
  }
  // back hair

  if (o.bun) b += `<ellipse cx="0" cy="-50" rx="24" ry="19" fill="${hair}"/>`
  if (o.braids) b += `<path d="M-40 10 Q-54 60 -44 118 l12 0 Q-32 60 -28 20Z M40 10 Q54 60 44 118 l-12 0 Q32 60 28 20Z" fill="${hair}"/>`
  // head
  b += `<ellipse cx="-38" cy="2" rx="7" ry="12" fill="${sk}"/><ellipse cx="38" cy="2" rx="7" ry="12" fill="${sk}"/>`
  const face = `M-37 -12 C-38 -60 38 -60 37 -12 C38 22 24 ${child ? 44 : 52} 0 ${child ? 46 : 54} C-24 ${child ? 44 : 52} -38 22 -37 -12Z`
  b += `<path d="${face}" fill="${sk}"/><path d="${face}" fill="url(#face)"/>`
  b += `<g opacity=".9"><ellipse cx="${-15 + t}" cy="-5" rx="5" ry="${child ? 4 : 3.2}" fill="#20130c"/><ellipse cx="${15 + t}" cy="-5" rx="5" ry="${child ? 4 : 3.2}" fill="#20130c"/><path d="M${-24 + t} -15 q9 -6 17 -1 M${7 + t} -16 q9 -5 17 1" stroke="${o.brow || hair}" stroke-width="${f ? 2.6 : 4}" fill="none" opacity=".85"/><path d="M${-1 + t} -3 q-6 18 -3 21 q5 3 9 0" stroke="#5a2a12" stroke-width="2.4" fill="none" opacity=".6"/><path d="M${-11 + t} 31 q11 ${o.smile ? 7 : 3} 22 0" stroke="${o.lip || '#8a4034'}" stroke-width="${f ? 5 : 3.6}" stroke-linecap="round" fill="none" opacity=".9"/></g>`
  b += `<ellipse cx="-20" cy="16" rx="11" ry="8" fill="#c2502f" opacity="${f || child ? 0.26 : 0.14}" filter="url(#b3)"/><ellipse cx="20" cy="16" rx="11" ry="8" fill="#c2502f" opacity="${f || child ? 0.22 : 0.12}" filter="url(#b3)"/>`
  if (o.beard)
    b += `<path d="M-36 4 C-38 44 -22 74 0 74 C22 74 38 44 36 4 C28 26 14 24 0 22 C-14 24 -28 26 -36 4Z" fill="${hair}"/><path d="M-9 35 q9 5 18 0" stroke="#7a3a30" stroke-width="4" fill="none"/>`
  if (o.moust) b += `<path d="M-18 27 Q-8 18 0 23 Q8 18 18 27 Q8 29 0 26 Q-8 29 -18 27Z" fill="${hair}"/>`
  if (o.glasses)
    b += `<circle cx="${-15 + t}" cy="-4" r="11" fill="none" stroke="#3b3226" stroke-width="2"/><circle cx="${15 + t}" cy="-4" r="11" fill="none" stroke="#3b3226" stroke-width="2"/>`
  // hair top
  if (o.cap)
    b += `<path d="M-44 -24 C-44 -66 44 -66 44 -24 Q0 -38 -44 -24Z" fill="${o.cap}"/><path d="M-42 -25 Q0 -42 46 -24 Q20 -16 -40 -20Z" fill="#000" opacity=".45"/>`
  else if (f)
    b += `<path d="M-41 2 C-52 -66 52 -68 41 2 C38 -22 26 -34 ${o.part || 6} -37 C-20 -34 -36 -22 -41 2Z" fill="${hair}"/><path d="M-30 -40 q22 -16 44 -8" stroke="#fff" stroke-opacity=".2" stroke-width="6" fill="none"/>`
  else
    b += `<path d="M-40 -4 C-48 -64 46 -70 40 -4 C38 -22 32 -34 20 -36 C0 -30 -26 -32 -33 -28 C-37 -22 -38 -12 -40 -4Z" fill="${hair}"/><path d="M-26 -44 q22 -13 42 -4" stroke="#fff" stroke-opacity=".2" stroke-width="5" fill="none"/>`
  if (o.bow)
    b += `<path d="M0 -58 L-34 -76 L-30 -42Z M0 -58 L34 -76 L30 -42Z" fill="${o.bow}"/><circle cx="0" cy="-58" r="8" fill="${o.bow}"/><path d="M0 -58 L34 -76 L30 -42Z" fill="#000" opacity=".2"/>`
  if (o.hat)
    b += `<ellipse cx="0" cy="-34" rx="66" ry="13" fill="${o.hat}"/><path d="M-38 -36 C-40 -86 40 -86 38 -36Z" fill="${o.hat}"/><path d="M-38 -46 Q0 -36 38 -46 L38 -36 Q0 -26 -38 -36Z" fill="#000" opacity=".5"/>`
  return `<g transform="translate(${x} ${y}) scale(${s}) rotate(${o.rot || 0})">${b}</g>`
}
export const leaves = (n, x0, y0, x1, y1, cols, sz, den) => {
  let s = ''
  for (let i = 0; i < n; i++) {
    const x = rr(x0, x1),
      y = rr(y0, y1)
    if (den && !den((x - x0) / (x1 - x0), (y - y0) / (y1 - y0))) continue
    const r = rr(sz * 0.5, sz * 1.2)
    s += `<ellipse cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" rx="${r.toFixed(1)}" ry="${(r * 0.55).toFixed(1)}" fill="${pick(cols)}" transform="rotate(${rr(0, 180) | 0} ${x | 0} ${y | 0})"/>`
  }
  return s
}
export const GR = ['#3f5a2a', '#4f6e33', '#5f803c', '#2f4522', '#6f8f48', '#384f26']
