import type { DroppedFile, Granted, Host, PickKind } from '../../contract/host.ts'
import { relativePath, uploadAll } from './uploads.ts'

const accepted: Record<PickKind, string> = {
  pictures: 'image/*,.tif,.tiff,.heic,.heif,.avif,.bmp',
  pages: 'image/*,.tif,.tiff,.heic,.heif,.avif,.bmp,.cbz,.zip,.psd,.ora',
  films: 'video/*,.mkv,.avi,.mpg,.ts,.m2ts,.mts,.vob,.mxf,.dv',
  model: '.onnx',
  card: '.json,application/json',
  project: '',
  hints: '.json,application/json',
  recipe: '.json,application/json',
  palettes: '.ase,.gpl,.aco,.json,.txt,.hex,image/*,.tif,.tiff,.heic,.heif,.avif,.bmp',
}

/** Opens the browser's own file dialog; [] when the user closes it. */
function askForFiles(options: { accept: string; many: boolean; folder: boolean }): Promise<File[]> {
  return new Promise((resolve) => {
    const input = document.createElement('input')
    input.type = 'file'
    input.hidden = true
    input.accept = options.accept
    input.multiple = options.many
    input.webkitdirectory = options.folder
    const answer = (files: FileList | null) => {
      input.remove()
      resolve([...(files ?? [])])
    }
    input.addEventListener('change', () => answer(input.files), { once: true })
    input.addEventListener('cancel', () => answer(null), { once: true })
    // Outside the document it may be collected while the dialog is open, and what is chosen then reaches nobody.
    document.body.append(input)
    input.click()
  })
}

/** Hidden files and folders (`.DS_Store`, `__MACOSX`) come along with a chosen folder; nobody meant them. */
function isMeant(file: DroppedFile): boolean {
  return !relativePath(file).split('/').some((part) => part.startsWith('.') || part === '__MACOSX')
}

async function notify(title: string, body: string): Promise<void> {
  if (!('Notification' in window)) return
  const permission = Notification.permission === 'default' ? await Notification.requestPermission() : Notification.permission
  if (permission === 'granted') new Notification(title, { body })
}

/** What a browser tab can do: files travel to the host as uploads and come back as downloads. */
export function browserHost(): Host {
  return {
    name: 'browser',
    pictureUrl: (key) => `/pictures/${key}`,
    async pickFiles(kind, options) {
      // A project is a folder: all its files come along.
      const folder = kind === 'project'
      const files = await askForFiles({ accept: accepted[kind], many: options?.many ?? false, folder })
      return uploadAll(folder ? files : files.filter(isMeant))
    },
    async pickFolder(): Promise<Granted | null> {
      const files = await askForFiles({ accept: '', many: true, folder: true })
      const [granted] = await uploadAll(files.filter(isMeant))
      return granted ?? null
    },
    takeDropped: (files, onProgress) => uploadAll(files.filter(isMeant), onProgress),
    async download(grant, name) {
      const link = document.createElement('a')
      link.href = `/download/${encodeURIComponent(grant)}?name=${encodeURIComponent(name)}`
      link.download = name
      link.click()
    },
    notify,
    setTitle: (title) => {
      document.title = title
    },
  }
}
