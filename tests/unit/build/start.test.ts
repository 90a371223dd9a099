import { describe, expect, it } from 'vitest'
import { chooseHost } from '../../../build/start.ts'

const desktop = { web: false, env: { DISPLAY: ':0' }, platform: 'linux', isRoot: false, findBinary: () => '/opt/electron' }

describe('what npm start opens', () => {
  it('is the Electron window where there is a binary and a display', () => {
    expect(chooseHost(desktop)).toEqual({ electron: '/opt/electron' })
  })

  it('is the browser, with the reason, where the window cannot be', () => {
    expect(chooseHost({ ...desktop, web: true })).toEqual({ reason: 'asked for with --web' })
    expect(chooseHost({ ...desktop, env: {} })).toEqual({ reason: 'no display for a window here' })
    expect(chooseHost({ ...desktop, isRoot: true })).toEqual({ reason: "Electron's sandbox cannot run as root" })
    expect(chooseHost({ ...desktop, findBinary: () => undefined })).toEqual({
      reason: 'the Electron binary is not here and could not be downloaded',
    })
  })

  it('does not try a download where no window could open', () => {
    let asked = 0
    const findBinary = (): undefined => void (asked += 1)
    chooseHost({ ...desktop, env: {}, findBinary })
    expect(asked).toBe(0)
  })

  it('needs no DISPLAY on macOS and Windows', () => {
    expect(chooseHost({ ...desktop, platform: 'darwin', env: {} })).toEqual({ electron: '/opt/electron' })
    expect(chooseHost({ ...desktop, platform: 'win32', env: {} })).toEqual({ electron: '/opt/electron' })
  })
})
