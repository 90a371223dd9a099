import { stat } from 'node:fs/promises'
import sharp, { type OverlayOptions } from 'sharp'
import { cellPlace, type SheetLayout } from '../../core/pages/contactSheet.ts'
import { encodePicture } from '../pictures/index.ts'
import type { TaskContext } from '../workers/context.ts'
import type { TaskInput, TaskOutput } from './task.ts'

type Cell = TaskInput<'contactSheet'>['cells'][number]

const escaped = (text: string): string => text.replace(/[<>&"']/g, (sign) => `&#${sign.charCodeAt(0)};`).replace(/[\u0000-\u001f]/g, ' ')

/** As much of a name as fits beside the number, about; wide signs count twice. */
function clipped(name: string, room: number): string {
  let used = 0
  let out = ''
  for (const sign of name) {
    used += /[\u1100-\uffff]/.test(sign) ? 2 : 1
    if (used > room) return `${out}…`
    out += sign
  }
  return out
}

/** Number, name and the shape of the state: a ring to do, half filled a draft, a tick done. */
function captionOf({ number, name, state }: Cell, { cell, caption }: SheetLayout): Buffer {
  const size = Math.round(caption * 0.42)
  const [middle, radius] = [caption / 2, size * 0.5]
  const x = cell.width - radius - 1
  const ring = `<circle cx="${x}" cy="${middle}" r="${radius * 0.85}" fill="${state === 'done' ? '#057943' : '#fff'}" stroke="${state === 'done' ? '#057943' : '#636363'}" stroke-width="${size * 0.1}"/>`
  const mark =
    state === 'draft'
      ? `<path d="M${x} ${middle - radius * 0.85} A${radius * 0.85} ${radius * 0.85} 0 0 0 ${x} ${middle + radius * 0.85} Z" fill="#636363"/>`
      : state === 'done'
        ? `<path d="M${x - radius * 0.4} ${middle} l${radius * 0.3} ${radius * 0.35} l${radius * 0.5} ${-radius * 0.65}" fill="none" stroke="#fff" stroke-width="${size * 0.13}"/>`
        : ''
  const room = Math.floor((cell.width - 2 * size) / (size * 0.56)) - String(number).length - 2
  const text = `<text y="${middle + size * 0.35}" font-family="sans-serif" font-size="${size}" fill="#3a3a3a"><tspan font-weight="bold">${number}</tspan><tspan dx="${size * 0.6}">${escaped(clipped(name, room))}</tspan></text>`
  return Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${cell.width}" height="${caption}">${text}${ring}${mark}</svg>`)
}

/** Pages that are drawn already, laid out on one white sheet with captions. */
export async function contactSheet(input: TaskInput<'contactSheet'>, task: TaskContext): Promise<TaskOutput<'contactSheet'>> {
  const { layout, cells } = input
  const { width, height } = layout
  const parts: OverlayOptions[] = []
  for (const [n, cell] of cells.entries()) {
    const { left, top } = cellPlace(layout, n)
    const { data, info } = await sharp(cell.path).flatten({ background: '#ffffff' }).resize({ width: layout.cell.width - 2, height: layout.cell.height - 2, fit: 'inside', withoutEnlargement: true }).extend({ top: 1, bottom: 1, left: 1, right: 1, background: '#bdbdbd' }).toBuffer({ resolveWithObject: true })
    parts.push({ input: data, left: left + Math.floor((layout.cell.width - info.width) / 2), top: top + Math.floor((layout.cell.height - info.height) / 2) })
    parts.push({ input: captionOf(cell, layout), left, top: top + layout.cell.height })
    task.progress((0.8 * (n + 1)) / cells.length)
    await task.pause()
  }
  const { data } = await sharp({ create: { width, height, channels: 3, background: '#ffffff' } }).composite(parts).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  const label = input.label ? { creatorTool: `Hourglass Studio ${task.studio.config.version}`, trained: input.network, recipe: null, models: input.models, source: null, work: '' } : null
  await task.abortable((signal) => encodePicture({ data, width, height, channels: 3, depth: 8, alpha: null }, { path: input.target, format: input.format, quality: input.quality, depth: 8, source: null, label, overwrite: input.overwrite, signal }))
  return { width, height, bytes: (await stat(input.target)).size }
}
