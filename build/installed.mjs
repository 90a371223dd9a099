// Whether node_modules is what the lock file asks for. Runs on Node 20 without packages.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** @typedef {{ version?: string, optional?: boolean, devOptional?: boolean, link?: boolean }} LockEntry */

/** @param {string} file @returns {Record<string, LockEntry> | undefined} */
function readLock(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages ?? {}
  } catch {
    return undefined
  }
}

/**
 * Compares package-lock.json with the record that npm leaves in node_modules. Contents are compared, not times: a
 * checkout touches the lock file without changing it. Optional packages may be absent, since npm drops those that belong
 * to another system or whose download failed.
 *
 * @param {string} root
 * @returns {boolean}
 */
export function packagesAreInstalled(root) {
  const wanted = readLock(join(root, 'package-lock.json'))
  const installed = readLock(join(root, 'node_modules/.package-lock.json'))
  if (!wanted || !installed) return false
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '' || entry.optional || entry.devOptional || entry.link) return true
    return installed[path]?.version === entry.version
  })
}
