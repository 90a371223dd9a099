import { app, dialog, protocol } from 'electron'
import { join } from 'node:path'
import { asHourglassError } from '../contract/errors.ts'
import { hostTexts } from '../studio/hosting/language.ts'
import { locate } from '../studio/hosting/locations.ts'
import { namedPaths } from './arguments.ts'
import { StudioApp } from './app.ts'
import { schemePrivileges } from './scheme.ts'

const places = locate()

// All of this must be said before Electron is ready.
app.setName('Hourglass Studio')
// Windows shows notifications only of programs with an id: the one the installer registers.
app.setAppUserModelId('studio.hourglass.app')
app.setPath('userData', join(places.data, 'window'))
app.enableSandbox()
protocol.registerSchemesAsPrivileged(schemePrivileges)

if (app.requestSingleInstanceLock()) {
  const studio = new StudioApp(places, namedPaths(process.argv, process.cwd(), app.isPackaged))
  app.on('second-instance', (_event, argv, folder) => studio.open(namedPaths(argv, folder, app.isPackaged)))
  app.on('open-file', (event, path) => {
    event.preventDefault()
    studio.open([path])
  })
  app.on('activate', () => studio.show())
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  app.on('before-quit', (event) => {
    if (studio.isClosed) return
    event.preventDefault()
    void studio.close().finally(() => app.quit())
  })
  // Not awaited up here: Electron gets ready only once this module has been evaluated to its end.
  app
    .whenReady()
    .then(() => studio.start())
    .catch(async (thrown: unknown) => {
      const { message, remedy } = (await hostTexts(places.data, process.env, app.getPreferredSystemLanguages())).told(asHourglassError(thrown))
      dialog.showErrorBox('Hourglass Studio', `${message}\n\n${remedy}`)
      app.exit(1)
    })
} else {
  // The first one has been told what to open.
  app.quit()
}
