import { accents, blue, channelHues, coarseRow, controls, fontSize, frame, greys, icons, lineHeight, measures, motion, onPicture, radius, rows, shadows, space, stages, states, type Surround, type Tone } from './tokens.ts'

/** What the look depends on besides the tokens. */
export interface Look {
  readonly tone: Tone
  readonly surround: Surround
  /** The pointer is a finger: rows and buttons are at least 44 px. */
  readonly coarse: boolean
}

const px = (value: number) => `${value}px`
const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

function prefixed(prefix: string, values: Record<string, number>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`--hg-${prefix}${kebab(name)}`, px(value)]))
}

/** All `--hg-*` variables of a look: the only words in which style sheets speak of colour, size and time. */
export function hourglassVariables({ tone, surround, coarse }: Look): Record<string, string> {
  const grey = greys[tone]
  const accent = accents[tone]
  const grown = Object.fromEntries(Object.entries(rows).map(([name, height]) => [name, coarse ? Math.max(height, coarseRow) : height]))
  return {
    '--hg-text': grey.text,
    '--hg-text-label': grey.label,
    '--hg-text-quiet': grey.quiet,
    '--hg-text-off': grey.off,
    '--hg-border': grey.border,
    '--hg-hover': grey.hover,
    '--hg-control': grey.control,
    '--hg-control-edge': tone === 'light' ? grey.border : grey.control,
    '--hg-panel': grey.panel,
    '--hg-bar': grey.bar,
    '--hg-line': grey.line,
    '--hg-popover': grey.popover,
    '--hg-stage': stages[surround].background,
    '--hg-stage-text': stages[surround].text,
    '--hg-accent': accent.line,
    '--hg-accent-fill': blue[6],
    '--hg-accent-fill-hover': blue[7],
    '--hg-accent-fill-pressed': blue[8],
    '--hg-accent-text': '#ffffff',
    '--hg-chosen-row': `color-mix(in srgb, ${accent.row} ${accent.rowPercent}%, transparent)`,
    '--hg-slider-fill': tone === 'light' ? grey.label : grey.quiet,
    '--hg-knob': tone === 'light' ? grey.control : grey.text,
    ...Object.fromEntries(Object.entries(states[tone]).map(([name, hue]) => [`--hg-${name}`, hue])),
    ...Object.fromEntries(Object.entries(states.dark).map(([name, hue]) => [`--hg-picture-${name}`, hue])),
    ...Object.fromEntries(Object.entries(channelHues).map(([name, hue]) => [`--hg-channel-${name}`, hue])),
    '--hg-picture-line': onPicture.line,
    '--hg-picture-edge': onPicture.edge,
    '--hg-picture-text': onPicture.text,
    '--hg-picture-plate': onPicture.plate,
    '--hg-picture-badge-plate': onPicture.badgePlate,
    '--hg-shadow-popover': shadows[tone].popover,
    '--hg-shadow-segment': shadows[tone].segment,
    '--hg-shadow-knob': shadows[tone].knob,
    ...prefixed('space-', space),
    ...prefixed('radius-', radius),
    ...prefixed('font-', fontSize),
    ...prefixed('line-', lineHeight),
    ...prefixed('frame-', frame),
    ...prefixed('row-', grown),
    ...prefixed('size-', controls),
    ...prefixed('measure-', measures),
    '--hg-icon-text': px(icons.text),
    '--hg-icon-row': px(icons.row),
    '--hg-icon-bar': px(icons.bar),
    '--hg-icon-tool': px(icons.tool),
    '--hg-motion-hover': `${motion.hover}ms`,
    '--hg-motion-popover': `${motion.popover}ms`,
    '--hg-motion-fold': `${motion.fold}ms`,
    '--hg-motion-toast': `${motion.toast}ms`,
    '--hg-ease': motion.ease,
  }
}
