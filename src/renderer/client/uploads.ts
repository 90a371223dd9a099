import { asHourglassError, errorData, HourglassError } from '../../contract/errors.ts'
import { granted as grantedSchema, type DroppedFile, type Granted } from '../../contract/host.ts'
import { connectionLost } from './errors.ts'

/** Place of a file below the folder it was dropped or chosen with; its bare name where there was none. */
export function relativePath(file: DroppedFile): string {
  const { webkitRelativePath, relativePath: relative, path } = file as DroppedFile & { webkitRelativePath?: string; relativePath?: string; path?: string }
  return (webkitRelativePath || relative || path || file.name).replace(/^(?:\.?\/)+/, '')
}

function parseAnswer(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** One request with upload progress in bytes (fetch has none); answers the JSON of the answer. */
function send(method: 'PUT' | 'POST', address: string, body: Blob | null, onBytes: (sent: number) => void): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open(method, address)
    request.upload.addEventListener('progress', (event) => onBytes(event.loaded))
    request.addEventListener('load', () => {
      const answer = parseAnswer(request.responseText)
      const failure = errorData.safeParse(answer)
      if (request.status < 300) resolve(answer)
      else reject(failure.success ? HourglassError.fromData(failure.data) : connectionLost(request.status))
    })
    request.addEventListener('error', () => reject(connectionLost(null)))
    request.send(body)
  })
}

/**
 * Sends files to the host and answers what it grants for them: one grant a single file, one a folder that came
 * with them. `onProgress` gets 0…1 of all bytes.
 */
export async function uploadAll(files: readonly DroppedFile[], onProgress?: (done: number) => void): Promise<Granted[]> {
  if (files.length === 0) return []
  const total = files.reduce((sum, file) => sum + file.size, 0)
  const batch = crypto.randomUUID()
  const tops = new Set<string>()
  let before = 0
  try {
    for (const file of files) {
      const path = relativePath(file)
      tops.add(path.split('/')[0] ?? path)
      const query = new URLSearchParams({ batch, path })
      await send('PUT', `/upload?${query}`, file as File, (sent) => onProgress?.(total === 0 ? 0 : Math.min(1, (before + sent) / total)))
      before += file.size
    }
    const answers: Granted[] = []
    for (const top of tops) {
      const query = new URLSearchParams({ batch, name: top })
      answers.push(grantedSchema.parse(await send('POST', `/upload?${query}`, null, () => undefined)))
    }
    onProgress?.(1)
    return answers
  } catch (thrown) {
    throw asHourglassError(thrown)
  }
}
