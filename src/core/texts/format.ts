import type { Language } from './catalogue.ts'

/** Numbers, sizes, times and dates as people of a language write them. */
export interface Format {
  /** 4,032; `digits` after the point. */
  number(value: number, digits?: number): string
  /** 25, 23.976: as many digits after the point as it needs, at most three. */
  fraction(value: number): string
  /** Bytes as kB, MB, GB (powers of 1000, as file managers show them). */
  bytes(value: number): string
  /** Megabytes as MB or GB (powers of 1024, as memory is counted). */
  memory(megabytes: number): string
  /** 0…1 as a percentage. */
  percent(share: number): string
  /** 23 s, 2 min 55 s, 1 h 5 min. */
  duration(seconds: number): string
  /** 420 ms, 1.2 s. */
  milliseconds(value: number): string
  /** Date and time, short. */
  dateTime(iso: string): string
  /** Hours and minutes of the day. */
  time(iso: string): string
  /** Time of day where the moment is today, else the date. */
  moment(iso: string): string
  /** Names in a row: "a, b and c". */
  list(items: readonly string[]): string
}

/** Times are written with the signs of the SI, which Intl's short English units are not. */
const timeSigns: Record<Language, { readonly ms: string; readonly s: string; readonly min: string; readonly h: string }> = {
  en: { ms: 'ms', s: 's', min: 'min', h: 'h' },
  'zh-Hans': { ms: '毫秒', s: '秒', min: '分钟', h: '小时' },
  'zh-Hant': { ms: '毫秒', s: '秒', min: '分鐘', h: '小時' },
}

const made = new Map<Language, Format>()

/** The formatters of a language, made once: they are costly to build and cheap to use. */
export function formatOf(language: Language): Format {
  const known = made.get(language)
  if (known) return known
  const format = makeFormat(language)
  made.set(language, format)
  return format
}

function makeFormat(language: Language): Format {
  const unit = (name: string, digits: number) => new Intl.NumberFormat(language, { style: 'unit', unit: name, unitDisplay: 'short', maximumFractionDigits: digits })
  const sizes = [unit('byte', 0), unit('kilobyte', 0), unit('megabyte', 0), unit('gigabyte', 1), unit('terabyte', 1)]
  const smallMega = unit('megabyte', 1)
  const signs = timeSigns[language]
  const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 })
  const exact = new Intl.NumberFormat(language, { maximumFractionDigits: 3 })
  const fine = new Intl.NumberFormat(language, { maximumFractionDigits: 2 })
  // The space does not break: a figure and its unit stay together.
  const timed = (value: number, sign: keyof typeof signs, formatter = whole) => `${formatter.format(value)}\u00a0${signs[sign]}`
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 })
  const dateTime = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' })
  const time = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const day = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', year: 'numeric' })
  const list = new Intl.ListFormat(language, { type: 'conjunction' })
  const plain = new Map<number, Intl.NumberFormat>()

  const bytes = (value: number): string => {
    let power = 0
    let rest = Math.max(0, value)
    while (rest >= 999.5 && power < sizes.length - 1) {
      rest /= 1000
      power++
    }
    if (power === 2 && rest < 10) return smallMega.format(rest)
    return sizes[power]?.format(rest) ?? ''
  }
  const atTime = (iso: string, formatter: Intl.DateTimeFormat): string => {
    const date = new Date(iso)
    return Number.isNaN(date.getTime()) ? '' : formatter.format(date)
  }

  return {
    number(value, digits = 0) {
      let formatter = plain.get(digits)
      if (!formatter) plain.set(digits, (formatter = new Intl.NumberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits })))
      return formatter.format(value)
    },
    fraction: (value) => exact.format(value),
    bytes,
    memory(megabytes) {
      return megabytes < 1024 ? (sizes[2]?.format(megabytes) ?? '') : (sizes[3]?.format(megabytes / 1024) ?? '')
    },
    percent: (share) => percent.format(share),
    duration(total) {
      const all = Math.max(0, Math.round(total))
      const h = Math.floor(all / 3600)
      const min = Math.floor((all % 3600) / 60)
      const s = all % 60
      if (h > 0) return min > 0 ? `${timed(h, 'h')} ${timed(min, 'min')}` : timed(h, 'h')
      if (min > 0) return s > 0 && min < 10 ? `${timed(min, 'min')} ${timed(s, 's')}` : timed(min, 'min')
      return timed(s, 's')
    },
    milliseconds: (value) => (value < 1000 ? timed(value, 'ms') : timed(value / 1000, 's', fine)),
    dateTime: (iso) => atTime(iso, dateTime),
    time: (iso) => atTime(iso, time),
    moment: (iso) => atTime(iso, new Date(iso).toDateString() === new Date().toDateString() ? time : day),
    list: (items) => list.format(items),
  }
}
