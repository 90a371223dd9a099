// A comic page: F = 1 with colours, 0 as line art.
const W = 1000,
  H = 1420
function head(x, y, s, o, F) {
  const K = '#111',
    c = (v, g = '#fff') => (F ? v : g)
  const hairF = F ? o.hair : o.darkHair ? '#2b2b2b' : 'url(#t3)'
  let b = ''
  // coat & scarf
  b += `<path d="M-150 330 C-150 200 -100 150 -36 128 L36 128 C100 150 150 200 150 330 Z" fill="${c(o.coat, o.coatG || 'url(#t1)')}" stroke="${K}" stroke-width="5"/><path d="M-40 130 L-14 330 M40 130 L14 330 M-104 220 Q-96 280 -100 330 M104 220 Q96 280 100 330" stroke="${K}" stroke-width="4" fill="none"/>`
  if (o.back)
    b += `<path d="M-96 -40 C-130 60 -128 150 -104 196 L-60 176 L60 176 L104 196 C128 150 130 60 96 -40Z" fill="${hairF}" stroke="${K}" stroke-width="5"/>`
  b += `<path d="M-26 80 L-28 140 Q0 160 28 140 L26 80Z" fill="${c(o.skin)}" stroke="${K}" stroke-width="4"/><path d="M-25 96 Q2 122 25 96 L26 112 Q0 136 -26 110Z" fill="${c(o.skinS, 'url(#t2)')}"/>`
  b += `<path d="M-64 128 Q0 176 64 128 L74 164 Q0 218 -74 164Z" fill="${c(o.scarf, 'url(#t2)')}" stroke="${K}" stroke-width="5"/><path d="M30 178 L58 290 L92 276 L66 160Z" fill="${c(o.scarf, 'url(#t2)')}" stroke="${K}" stroke-width="5"/>`
  b += `<path d="M-80 -20 C-84 40 -60 78 -30 98 Q0 116 30 98 C60 78 84 40 80 -20 C76 -110 -76 -110 -80 -20Z" fill="${c(o.skin)}" stroke="${K}" stroke-width="5"/>`
  if (F)
    b += `<path d="M80 -20 C84 40 60 78 30 98 Q18 105 6 106 C40 78 56 30 54 -50Z" fill="${o.skinS}"/><ellipse cx="-46" cy="44" rx="17" ry="9" fill="#e98a77" opacity=".5"/><ellipse cx="44" cy="44" rx="15" ry="9" fill="#e0725f" opacity=".5"/>`
  else b += `<path d="M-54 40l8 12M-44 38l8 12M38 40l8 12M48 38l8 12" stroke="${K}" stroke-width="2"/>`
  for (const e of [-36, 36]) {
    b += `<path d="M${e - 20} 8 Q${e} -22 ${e + 20} 8 Q${e + 14} 34 ${e} 36 Q${e - 14} 34 ${e - 20} 8Z" fill="#fff"/><ellipse cx="${e}" cy="13" rx="14" ry="21" fill="${c(o.eye, '#444')}" stroke="${K}" stroke-width="3"/><ellipse cx="${e}" cy="16" rx="7" ry="11" fill="${K}"/><circle cx="${e - 5}" cy="3" r="5.5" fill="#fff"/><circle cx="${e + 6}" cy="22" r="3" fill="#fff"/><path d="M${e - 23} 10 Q${e} -26 ${e + 23} 8" stroke="${K}" stroke-width="7" fill="none"/><path d="M${e - 20} -30 Q${e} ${o.brow || -42} ${e + 20} -32" stroke="${K}" stroke-width="5" fill="none"/>`
  }
  b +=
    `<path d="M2 34 l6 20 l-10 2" stroke="${K}" stroke-width="3" fill="none"/>` +
    (o.open
      ? `<path d="M-16 70 Q0 66 18 69 Q12 90 0 90 Q-12 90 -16 70Z" fill="${c('#8f2f33', '#222')}" stroke="${K}" stroke-width="4"/>`
      : `<path d="M-14 74 Q2 84 18 73" stroke="${K}" stroke-width="4" fill="none"/>`)
  b += `<path d="${o.style === 'spiky' ? 'M-90 0 C-120 -60 -84 -128 -30 -122 C0 -160 70 -140 76 -104 C124 -90 112 -20 90 8 L80 -34 L62 -14 L50 -54 L22 -18 L6 -58 L-22 -16 L-38 -54 L-62 -8 L-74 -30Z' : 'M-92 40 C-122 -70 -80 -132 0 -130 C84 -132 122 -70 92 40 C82 10 84 -14 74 -36 C60 -24 44 -30 34 -62 C16 -34 -16 -26 -40 -60 C-46 -30 -66 -20 -76 -34 C-84 -10 -84 12 -92 40Z'}" fill="${hairF}" stroke="${K}" stroke-width="5" stroke-linejoin="round"/><path d="M-50 -92 Q-10 -112 40 -96" stroke="${F ? '#fff' : '#fff'}" stroke-opacity="${F ? 0.35 : 0.9}" stroke-width="8" fill="none"/>`
  if (o.pin) b += `<circle cx="66" cy="-56" r="13" fill="${c(o.pin, '#fff')}" stroke="${K}" stroke-width="4"/>`
  return `<g transform="translate(${x} ${y}) scale(${s})">${b}</g>`
}
const lantern = (x, y, s, F) =>
  `<g transform="translate(${x} ${y}) scale(${s})">${F ? '<circle r="120" fill="#ffd98a" opacity=".28"/>' : ''}<path d="M0 -70v22" stroke="#111" stroke-width="4"/><rect x="-16" y="-50" width="32" height="10" fill="${F ? '#6b3b22' : '#222'}"/><ellipse rx="44" ry="42" fill="${F ? '#f08a3c' : '#fff'}" stroke="#111" stroke-width="5"/><path d="M-18 -38Q-30 0 -18 38M18 -38Q30 0 18 38M0 -42V42" stroke="#111" stroke-width="2.6" fill="none"/><rect x="-16" y="40" width="32" height="10" fill="${F ? '#6b3b22' : '#222'}"/></g>`
const bubble = (x, y, rx, ry, tx, ty, lines, fs = 25) =>
  `<path d="M${x + tx * 0.35 - 14} ${y + ry * 0.8} L${x + tx} ${y + ty} L${x + tx * 0.35 + 18} ${y + ry * 0.78}Z" fill="#fff" stroke="#111" stroke-width="5" stroke-linejoin="round"/><ellipse cx="${x}" cy="${y}" rx="${rx}" ry="${ry}" fill="#fff" stroke="#111" stroke-width="5"/><path d="M${x + tx * 0.35 - 11} ${y + ry * 0.74} L${x + tx * 0.7} ${y + ty * 0.7} L${x + tx * 0.35 + 15} ${y + ry * 0.72}Z" fill="#fff"/>${lines.map((l, i) => `<text x="${x}" y="${y + (i - (lines.length - 1) / 2) * fs * 1.18 + fs * 0.36}" text-anchor="middle" font-family="Inter" font-weight="700" font-size="${fs}" fill="#111">${l}</text>`).join('')}`
export function page(F, v = 0) {
  const K = '#111',
    c = (a, g) => (F ? a : g)
  const mei = {
    hair: '#4a2c3c',
    darkHair: 1,
    skin: '#f3cdb0',
    skinS: '#dda88a',
    coat: '#c6504a',
    coatG: 'url(#t1)',
    scarf: '#f0e2c4',
    eye: '#3c8f7c',
    back: 1,
    pin: '#f2c14e',
    open: v === 0,
  }
  const ren = {
    hair: '#c58a3c',
    skin: '#eec3a2',
    skinS: '#d29b7a',
    coat: '#33527f',
    coatG: 'url(#t3)',
    scarf: '#7aa35a',
    eye: '#4a6fc0',
    style: 'spiky',
    brow: -36,
  }
  const P = [
    [
      [40, 40],
      [960, 40],
      [960, 400],
      [40, 440],
    ],
    [
      [40, 466],
      [500, 446],
      [470, 900],
      [40, 900],
    ],
    [
      [526, 445],
      [960, 426],
      [960, 900],
      [496, 900],
    ],
    [
      [40, 926],
      [330, 926],
      [300, 1380],
      [40, 1380],
    ],
    [
      [356, 926],
      [960, 926],
      [960, 1380],
      [326, 1380],
    ],
  ]
  const defs =
    `<pattern id="t1" width="9" height="9" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="9" height="9" fill="#fff"/><circle cx="4.5" cy="4.5" r="1.7" fill="#111"/></pattern><pattern id="t2" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="8" height="8" fill="#fff"/><circle cx="4" cy="4" r="1.2" fill="#111"/></pattern><pattern id="t3" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="8" height="8" fill="#fff"/><circle cx="4" cy="4" r="2.5" fill="#111"/></pattern>` +
    P.map((p, i) => `<clipPath id="p${i}"><polygon points="${p.map((a) => a.join(',')).join(' ')}"/></clipPath>`).join('')
  let A = '' // harbour at dusk
  A +=
    `<rect width="1000" height="460" fill="${c('#e9a86a', '#fff')}"/>` +
    (F
      ? `<rect width="1000" height="120" fill="#c77b6c"/><rect y="120" width="1000" height="70" fill="#dc9169"/><rect y="260" width="1000" height="60" fill="#f3c983"/>`
      : `<rect width="1000" height="130" fill="url(#t2)"/>`) +
    `<circle cx="640" cy="230" r="70" fill="${c('#fbe3a4', '#fff')}" stroke="${K}" stroke-width="4"/>`
  A += `<path d="M40 300 Q160 180 260 250 T470 230 T700 280 T960 220 V460 H40Z" fill="${c('#8d6f8d', 'url(#t2)')}" stroke="${K}" stroke-width="4"/>`
  const roofs = ['#a3463f', '#4f6f8a', '#b8793e', '#5d6d4c', '#7c4f66']
  const walls = ['#ead4ae', '#d9bd96', '#f0e1c3', '#cfb48c']
  let k = 0
  for (let x = 50; x < 950; x += 92) {
    const hh = 60 + ((x * 37) % 70)
    const y = 330 - hh * 0.55
    A += `<rect x="${x}" y="${y}" width="84" height="${hh + 60}" fill="${c(walls[k % 4], '#fff')}" stroke="${K}" stroke-width="4"/><path d="M${x - 9} ${y + 4} Q${x + 42} ${y - 58} ${x + 93} ${y + 4}Z" fill="${c(roofs[k % 5], k % 2 ? 'url(#t3)' : 'url(#t1)')}" stroke="${K}" stroke-width="4"/>`
    for (let r = 0; r < 2; r++)
      for (let q = 0; q < 2; q++)
        A += `<rect x="${x + 14 + q * 34}" y="${y + 20 + r * 38}" width="20" height="24" fill="${c((k + q + r) % 3 ? '#5a4a56' : '#ffd77c', (k + q + r) % 3 ? '#222' : '#fff')}" stroke="${K}" stroke-width="3"/>`
    k++
  }
  A += `<rect y="392" width="1000" height="70" fill="${c('#5f7f96', 'url(#t1)')}" stroke="${K}" stroke-width="4"/><path d="M90 416q30 -8 60 0M240 424q40 -8 80 0M560 414q40 -8 80 0" stroke="#fff" stroke-width="4" fill="none"/>`
  A +=
    `<path d="M40 96 Q280 190 500 110 T960 120" stroke="${K}" stroke-width="3" fill="none"/>` +
    [
      [130, 150],
      [250, 172],
      [380, 168],
      [760, 146],
      [880, 152],
    ]
      .map((p) => lantern(p[0], p[1], 0.5, F))
      .join('')
  A += `<rect x="64" y="62" width="${v ? 216 : 306}" height="46" fill="#fff" stroke="${K}" stroke-width="4"/><text x="78" y="94" font-family="Inter" font-weight="700" font-size="25" fill="#111">${v ? 'An hour later.' : 'The last lantern night'}</text>`
  const B =
    `<rect x="30" y="430" width="480" height="480" fill="${c('#6f8aa0', '#fff')}"/>` +
    (F ? `<rect x="30" y="430" width="480" height="170" fill="#7f97a8"/>` : `<rect x="30" y="430" width="480" height="200" fill="url(#t2)"/>`) +
    Array.from(
      { length: 22 },
      (_, i) => `<path d="M${40 + i * 22} ${450 + ((i * 53) % 60)} l-8 ${30 + ((i * 31) % 40)}" stroke="${F ? '#dfe8ee' : '#111'}" stroke-width="2"/>`,
    ).join('') +
    head(262, 668, 1.22, mei, F) +
    bubble(140, 520, 86, 56, 76, 86, v ? ['Wait…'] : ['You kept', 'it lit!'], 24)
  const C =
    `<rect x="490" y="420" width="480" height="490" fill="${c('#3f4a66', 'url(#t1)')}"/>` +
    (F ? '<circle cx="590" cy="800" r="210" fill="#f2b25c" opacity=".3"/>' : '') +
    head(752, 690, 1.1, ren, F) +
    lantern(590, 790, 1.25, F) +
    `<path d="M590 702 q46 26 66 96" stroke="${K}" stroke-width="7" fill="none"/>` +
    bubble(836, 512, 98, 58, -60, 84, ['All the way', 'home.'], 24)
  const D =
    `<rect x="30" y="920" width="320" height="470" fill="${c('#d9b98c', '#fff')}"/>` +
    Array.from({ length: 36 }, (_, i) => {
      const a = (i / 36) * 6.283
      return `<path d="M${170 + Math.cos(a) * 130} ${1150 + Math.sin(a) * 150} L${170 + Math.cos(a) * 420} ${1150 + Math.sin(a) * 460}" stroke="${F ? '#b98d5c' : '#111'}" stroke-width="${3 + (i % 3) * 2}"/>`
    }).join('') +
    lantern(166, 1150, 1.9, F) +
    `<path d="M166 1010 C130 980 60 1000 44 1040 L44 1100 C90 1090 120 1060 150 1046Z" fill="${c('#f3cdb0', '#fff')}" stroke="${K}" stroke-width="5"/><path d="M44 1036 L20 1120 L60 1110Z" fill="${c('#c6504a', 'url(#t1)')}" stroke="${K}" stroke-width="5"/><text x="96" y="1340" font-family="Inter" font-weight="900" font-size="58" fill="${c('#f4e7c8', '#fff')}" stroke="${K}" stroke-width="5" paint-order="stroke" transform="rotate(-9 96 1340)">fwoo</text>`
  const fig = (x, coat, hair, scarf, g, s = 1) =>
    `<g transform="translate(${x} 1080) scale(${s})"><path d="M-52 60 Q0 34 52 60 L66 210 L-66 210Z" fill="${c(coat, g)}" stroke="${K}" stroke-width="5"/><path d="M-30 210 L-34 300 L-6 300 L0 214 L6 300 L34 300 L30 210Z" fill="${c('#3b3440', '#222')}" stroke="${K}" stroke-width="4"/><path d="M-40 40 Q0 70 40 40 L46 66 Q0 92 -46 66Z" fill="${c(scarf, '#fff')}" stroke="${K}" stroke-width="5"/><path d="M-46 30 C-60 -50 60 -50 46 30 Q0 64 -46 30Z" fill="${F ? hair : g === 'url(#t1)' ? '#2b2b2b' : 'url(#t3)'}" stroke="${K}" stroke-width="5"/></g>`
  const E =
    `<rect x="320" y="920" width="650" height="470" fill="${c('#4d5a7c', 'url(#t2)')}"/>` +
    (F ? `<rect x="320" y="920" width="650" height="150" fill="#414c6c"/><rect x="320" y="1120" width="650" height="90" fill="#7a6f86"/>` : '') +
    `<circle cx="840" cy="1010" r="46" fill="${c('#f7edcc', '#fff')}" stroke="${K}" stroke-width="4"/><path d="M320 1190 Q460 1120 600 1170 T970 1130 V1260 H320Z" fill="${c('#5b5672', 'url(#t1)')}" stroke="${K}" stroke-width="4"/><path d="M300 1330 Q640 1180 990 1330 V1400 H300Z" fill="${c('#96744f', '#fff')}" stroke="${K}" stroke-width="6"/>${Array.from(
      { length: 11 },
      (_, i) => {
        const x = 340 + i * 62,
          y = 1322 - Math.sin(((x - 300) / 690) * 3.14) * 74
        return `<rect x="${x}" y="${y - 80}" width="15" height="84" fill="${c('#a23f38', '#fff')}" stroke="${K}" stroke-width="4"/>`
      },
    ).join(
      '',
    )}<path d="M310 1250 Q640 1104 980 1250" stroke="${K}" stroke-width="18" fill="none"/><path d="M310 1250 Q640 1104 980 1250" stroke="${c('#b94a41', '#fff')}" stroke-width="9" fill="none"/>` +
    fig(600, '#c6504a', '#4a2c3c', '#f0e2c4', 'url(#t1)', 0.74) +
    fig(706, '#33527f', '#c58a3c', '#7aa35a', 'url(#t3)', 0.8) +
    lantern(790, 1236, 0.62, F) +
    bubble(470, 1000, 100, 48, 96, 96, ['Then let’s go.'], 23)
  const body = [A, B, C, D, E]
    .map(
      (g, i) => `<g clip-path="url(#p${i})">${g}</g><polygon points="${P[i].map((a) => a.join(',')).join(' ')}" fill="none" stroke="#111" stroke-width="7"/>`,
    )
    .join('')
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${W}" height="${H}" viewBox="0 0 ${W} ${H}"><defs>${defs}</defs><rect width="${W}" height="${H}" fill="${F ? '#faf7f0' : '#f6f6f6'}"/>${body}</svg>`
}
