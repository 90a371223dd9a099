/**
 * Every colour, size and time of the window, once. Colours are `#rrggbb`, sizes pixels at scale 1, times milliseconds.
 * All greys have R = G = B: pictures are judged against them.
 */

/** dark: darkroom; mid: middle grey; light: paper. */
export type Tone = 'dark' | 'mid' | 'light'
/** What surrounds a picture. */
export type Surround = 'dark' | 'mid' | 'white'

interface Greys {
  /** Text: titles, values. */
  readonly text: string
  /** Text: labels. */
  readonly label: string
  /** Captions, quiet icons. */
  readonly quiet: string
  /** Disabled only, never to be read. */
  readonly off: string
  /** Border of a control, track of a slider. */
  readonly border: string
  /** Chosen segment, hover. */
  readonly hover: string
  readonly control: string
  readonly panel: string
  /** Rail, top bar, status line. */
  readonly bar: string
  /** Hairline between panels. */
  readonly line: string
  readonly popover: string
  /** Surround the tone comes with. */
  readonly surround: Surround
}

export const greys: Record<Tone, Greys> = {
  dark: {
    text: '#ededed',
    label: '#c6c6c6',
    quiet: '#999999',
    off: '#6e6e6e',
    border: '#454545',
    hover: '#373737',
    control: '#2b2b2b',
    panel: '#202020',
    bar: '#1a1a1a',
    line: '#2e2e2e',
    popover: '#262626',
    surround: 'dark',
  },
  mid: {
    text: '#ffffff',
    label: '#e6e6e6',
    quiet: '#c8c8c8',
    off: '#a0a0a0',
    border: '#6a6a6a',
    hover: '#606060',
    control: '#525252',
    panel: '#4a4a4a',
    bar: '#404040',
    line: '#3a3a3a',
    popover: '#505050',
    surround: 'mid',
  },
  light: {
    text: '#161616',
    label: '#3a3a3a',
    quiet: '#636363',
    off: '#9a9a9a',
    border: '#bdbdbd',
    hover: '#dcdcdc',
    control: '#ffffff',
    panel: '#f5f5f5',
    bar: '#ebebeb',
    line: '#dcdcdc',
    popover: '#ffffff',
    surround: 'mid',
  },
}

/** Background of the stage, and the free text that stays readable on it (≥ 4.5:1). */
export const stages: Record<Surround, { readonly background: string; readonly text: string }> = {
  dark: { background: '#141414', text: '#a9a9a9' },
  mid: { background: '#777777', text: '#050505' },
  white: { background: '#ffffff', text: '#050505' },
}

/** The one accent, light to deep. */
export const blue = [
  '#eef6ff',
  '#d9ecff',
  '#bfdfff',
  '#a8d5ff',
  '#7cc0ff',
  '#4b94ee',
  '#2f6fdb',
  '#2359b5',
  '#1d4896',
  '#17357a',
] as const

/** Focus, current item, links, progress; the tint of a chosen row; its share in percent. */
export const accents: Record<Tone, { readonly line: string; readonly row: string; readonly rowPercent: number }> = {
  dark: { line: blue[4], row: blue[4], rowPercent: 13 },
  mid: { line: blue[3], row: blue[4], rowPercent: 13 },
  light: { line: blue[7], row: blue[6], rowPercent: 11 },
}

export const stateNames = ['todo', 'doing', 'done', 'doubtful', 'failed'] as const
export type StateName = (typeof stateNames)[number]

/** Hues of the states; the shape (StateBadge) says the same without them. */
export const states: Record<Tone, Record<StateName, string>> = {
  dark: { todo: '#c4c4c4', doing: '#7cc0ff', done: '#4fd1a0', doubtful: '#f0b840', failed: '#ec6f57' },
  mid: { todo: '#c8c8c8', doing: '#a8d5ff', done: '#8ff0ca', doubtful: '#ffe08a', failed: '#ffb3a1' },
  light: { todo: '#6a6a6a', doing: '#2359b5', done: '#057943', doubtful: '#945f11', failed: '#8a1f12' },
}

/** Channels of a picture in a measuring instrument, which is dark in every tone. */
export const channelHues = { red: '#ff5a4f', green: '#3ecf6a', blue: '#4d8bff' } as const

/** What lies on a picture, in every tone. */
export const onPicture = { line: '#ffffff', edge: '#000000', text: '#ffffff', plate: 'rgb(0 0 0 / 0.62)', badgePlate: 'rgb(0 0 0 / 0.6)' } as const

export const shadows: Record<Tone, { readonly popover: string; readonly knob: string; readonly segment: string }> = {
  dark: { popover: '0 10px 32px rgb(0 0 0 / 0.55), 0 1px 3px rgb(0 0 0 / 0.5)', knob: '0 1px 3px rgb(0 0 0 / 0.5)', segment: '0 1px 2px rgb(0 0 0 / 0.2)' },
  mid: { popover: '0 10px 32px rgb(0 0 0 / 0.55), 0 1px 3px rgb(0 0 0 / 0.5)', knob: '0 1px 3px rgb(0 0 0 / 0.5)', segment: '0 1px 2px rgb(0 0 0 / 0.2)' },
  light: { popover: '0 10px 32px rgb(0 0 0 / 0.22), 0 1px 3px rgb(0 0 0 / 0.2)', knob: '0 1px 3px rgb(0 0 0 / 0.5)', segment: '0 1px 2px rgb(0 0 0 / 0.2)' },
}

export const space = { xs: 4, sm: 8, md: 12, lg: 16, xl: 24, xxl: 32 } as const
export const radius = { xs: 3, sm: 5, md: 8, lg: 14 } as const
export const fontSize = { rail: 10, tag: 11, caption: 12, base: 13, panel: 15, room: 18, timecode: 22, welcome: 26 } as const
export const lineHeight = { tag: 14, caption: 16, base: 18, panel: 20, room: 24, welcome: 32 } as const

export const fontFamily = 'system-ui, "Segoe UI Variable", "PingFang SC", "Microsoft YaHei UI", "Noto Sans SC", "Noto Sans CJK SC", sans-serif'
export const fontFamilyMono = 'ui-monospace, "Cascadia Mono", "SF Mono", Menlo, "Noto Sans Mono", monospace'

/** Fixed parts of the frame. */
export const frame = {
  rail: 56,
  tools: 44,
  inspector: 320,
  inspectorMin: 280,
  inspectorMax: 420,
  strip: 96,
  top: 48,
  status: 24,
  popover: 248,
  gridRow: 176,
  gridGap: 8,
} as const

/** Heights of rows and controls; where the pointer is coarse (finger), none is below 44. */
export const rows = { history: 26, list: 30, step: 32, section: 36, panelHead: 44, button: 30, buttonSmall: 26, buttonLarge: 40, iconButton: 30, iconButtonSmall: 24 } as const
export const coarseRow = 44

export const controls = { switchWidth: 28, switchHeight: 16, track: 3, knob: 13, swatch: 26, chip: 16, badge: 16, hairline: 1, ring: 2, accentLine: 3, progress: 4, sheet: 180 } as const
export const icons = { text: 14, row: 16, bar: 18, tool: 20, large: 28, stroke: 1.6 } as const

/** Widths of things that stand in the middle of a room. */
export const measures = {
  dropWidth: 868,
  dropHeight: 432,
  sampleWidth: 196,
  sampleHeight: 112,
  readable: 640,
  settings: 720,
  queue: 860,
  card: 320,
  cardHead: 80,
  field: 200,
  number: 124,
  providerName: 150,
  search: 200,
  dialog: 480,
  dialogWide: 640,
  menu: 220,
  thumb: 60,
  label: 94,
  value: 56,
  logo: 104,
} as const

export const motion = { hover: 80, popover: 120, fold: 160, toast: 200, ease: 'cubic-bezier(0.2, 0, 0, 1)' } as const

/** Edge of the region under the hand, sRGB: seen on white paper, on fills and on lines. */
export const outlineColor = [79, 157, 245] as const

/** The colour that is in the hand before one is taken up. */
export const firstPaint = '#e07a5f'

/** How long a passing message stays. */
export const toastStay = 6000
