// Scenes of the samples: a family before their house, a portrait.
import { GR, R, leaves, person, pick, rr, rs, svg } from './figures.mjs'

export function family() {
  rs(4)
  const w = 1200,
    h = 900
  let b = `<rect width="1200" height="900" fill="#cbb894"/>`
  let wall = ''
  for (let y = 0; y < 640; y += 26)
    for (let x = ((y / 26) % 2) * -32; x < 1200; x += 64)
      wall += `<rect x="${x + 1}" y="${y + 1}" width="62" height="24" fill="${pick(['#b9805e', '#b27656', '#c08a68', '#a96d50', '#bb8563'])}" opacity=".85"/>`
  wall += `<rect x="455" y="60" width="250" height="560" fill="#d8cdb4"/><rect x="480" y="86" width="200" height="540" fill="#3f5f4c"/><path d="M500 110h70v180h-70zM592 110h70v180h-70zM500 318h70v250h-70zM592 318h70v250h-70z" fill="#33503f"/><circle cx="585" cy="330" r="7" fill="#c8a550"/>`
  wall += `<rect x="850" y="70" width="210" height="270" fill="#e4dcc8"/><rect x="866" y="86" width="178" height="238" fill="#4b5a63"/><path d="M866 86h178v238h-178z" fill="url(#sh)"/><path d="M955 86v238M866 166h178M866 246h178" stroke="#e4dcc8" stroke-width="9"/><path d="M872 92 Q900 200 876 318 L930 318 Q930 180 948 92Z" fill="#e9e3d4" opacity=".5"/><rect x="788" y="76" width="56" height="258" fill="#4d6f5c"/><rect x="1066" y="76" width="56" height="258" fill="#4d6f5c"/>`
  for (let i = 0; i < 16; i++) wall += `<path d="M792 ${86 + i * 15.4}h48M1070 ${86 + i * 15.4}h48" stroke="#2c4437" stroke-width="4"/>`
  wall +=
    `<rect x="836" y="338" width="240" height="16" fill="#ddd3bd"/>` +
    leaves(90, 850, 300, 1062, 344, ['#c6453a', '#d9614e', '#4f6e33', '#5f803c', '#3f5a2a'], 10)
  b += `<g filter="url(#b3)">${wall}</g>`
  b += `<g filter="url(#b1)">${leaves(1500, -20, -30, 470, 640, GR, 13, (u, v) => R() < 1.15 - u * 1.25 - v * 0.42)}${leaves(420, 0, -20, 1200, 80, GR, 12, (u, v) => v < 0.9 - Math.abs(Math.sin(u * 9)) * 0.5)}</g>`
  b += `<rect y="600" width="1200" height="300" fill="#b3a283"/><rect y="590" width="1200" height="80" fill="#4a3c28" opacity=".35" filter="url(#b8)"/>`
  let gr = ''
  for (let i = 0; i < 700; i++) {
    const y = 640 + Math.pow(R(), 0.7) * 260
    gr += `<ellipse cx="${rr(0, 1200) | 0}" cy="${y | 0}" rx="${rr(2, 7).toFixed(1)}" ry="${rr(1, 3).toFixed(1)}" fill="${pick(['#978565', '#c7b898', '#87765a', '#d3c6a8'])}"/>`
  }
  b += `<g filter="url(#b1)" opacity=".8">${gr}</g>`
  b += leaves(160, 0, 600, 330, 690, GR, 15, (u) => R() < 0.9 - u * 0.5) + leaves(110, 940, 590, 1200, 700, GR, 15)
  b += `<ellipse cx="620" cy="860" rx="520" ry="60" fill="#000" opacity=".35" filter="url(#b30)"/>`
  b += `<g filter="url(#b1)">`
  b += person(436, 232, 0.98, { coat: '#2b3b5a', tie: '#7c2f33', hair: '#33261d', skin: '#d3a07c', smile: 1, h: 640, moust: 1 })
  b += person(622, 262, 0.92, { coat: '#4a7165', f: 1, hair: '#5b3a22', skin: '#e0b191', smile: 1, h: 640, pearls: 1, low: 118 })
  b += person(806, 226, 0.96, { coat: '#6d5237', hair: '#2a201a', skin: '#cf9a76', tie: '#34506e', h: 640, shirt: '#e6e0d0' })
  // chairs
  b += `<path d="M232 430h26v330h-26zM455 430h22v330h-22zM752 440h24v330h-24zM985 440h26v330h-26z" fill="#4c3320"/>`
  b += person(356, 402, 1.0, {
    coat: '#5c3c55',
    f: 1,
    hair: '#b9b2a8',
    brow: '#8d867c',
    bun: 1,
    skin: '#d8ab8c',
    glasses: 1,
    h: 480,
    w: 104,
    shawl: '#8a7aa0',
    hands: 1,
  })
  b += `<path d="M226 800 C226 740 260 706 300 700 L420 700 C466 712 486 760 492 900 L220 900Z" fill="#4b3046"/><path d="M226 800 C226 740 260 706 300 700 L420 700 C466 712 486 760 492 900 L220 900Z" fill="url(#sh)"/>`
  b += person(884, 404, 1.02, { coat: '#55565a', hair: '#cfcac2', brow: '#a9a39a', beard: 1, skin: '#cc9673', tie: '#3b3b3f', h: 470, w: 122, hands: 1 })
  b += `<path d="M748 812 C752 750 790 720 830 716 L940 716 C990 726 1014 770 1020 900 L744 900Z" fill="#43444a"/><path d="M884 740L880 900" stroke="#000" stroke-opacity=".4" stroke-width="5"/><path d="M748 812 C752 750 790 720 830 716 L940 716 C990 726 1014 770 1020 900 L744 900Z" fill="url(#sh)"/>`
  b += person(548, 520, 0.82, { coat: '#e6d9b8', f: 1, child: 1, hair: '#8a5a2c', skin: '#e8bc9c', smile: 1, bow: '#4f86c6', h: 560, collar: '#f4efe2', w: 88 })
  b += person(700, 542, 0.8, { coat: '#35507a', child: 1, hair: '#a5763f', skin: '#e4b493', smile: 1, h: 560, shirt: '#efe9da', tie: '#a23b36' })
  b += `</g><path d="M-100 -100 L700 -100 L300 900 L-100 900Z" fill="#ffe2a8" opacity=".13" filter="url(#b30)"/><rect width="1200" height="900" fill="url(#vg)"/>`
  return [w, h, svg(w, h, b)]
}
export function bust(i, o, bg) {
  rs(i)
  const w = 600,
    h = 760
  const b = `<rect width="600" height="760" fill="${bg}"/><ellipse cx="250" cy="300" rx="260" ry="300" fill="#fff" opacity=".22" filter="url(#b30)"/><g filter="url(#b1)">${person(300, 300, 1.95, { ...o, h: 360 })}</g><rect width="600" height="760" fill="url(#vg)"/>`
  return [w, h, svg(w, h, b)]
}
