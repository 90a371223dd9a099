// `npm run package`: the application for this system under dist/, then a proof that its engine works from there.
//
//   npm run package [-- --dir]       the unpacked folder alone, no installers
//   npm run package -- --stand-in    without Electron, although it could be had: for tests
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { build as pack, Platform } from 'electron-builder'
import sharp from 'sharp'
import { build } from './build.ts'
import { configuration, iconFile, noticesFile } from './packaging/configuration.ts'
import { electronDistribution } from './packaging/electron.ts'
import { writeNotices } from './packaging/notices.ts'
import { repositoryRoot, runNode, say } from './run.ts'

const unpackedFolders: Partial<Record<NodeJS.Platform, string[]>> = {
  linux: ['dist/linux-unpacked', 'dist/linux-arm64-unpacked'],
  win32: ['dist/win-unpacked', 'dist/win-arm64-unpacked'],
  darwin: ['dist/mac-arm64/Hourglass Studio.app/Contents', 'dist/mac/Hourglass Studio.app/Contents'],
}

async function packageApplication(): Promise<number> {
  await build({ onlyIfStale: true })
  const distribution = electronDistribution({ preferStandIn: process.argv.includes('--stand-in') })
  writeNotices(join(repositoryRoot, noticesFile))
  await sharp(join(repositoryRoot, 'resources/logo-small.svg'), { density: 2400 }).resize(1024, 1024, { fit: 'contain', background: '#0000' }).png().toFile(join(repositoryRoot, iconFile))
  const config = configuration(distribution)
  await pack({ targets: Platform.current().createTarget('dir'), config, publish: 'never' })
  const folder = unpackedFolders[process.platform]?.find((path) => existsSync(join(repositoryRoot, path)))
  if (!folder) throw new Error('electron-builder reported success, but the unpacked application is not under dist/.')
  say(`unpacked application: ${folder}`)
  const proved = await runNode('build/packaging/prove.ts', [folder])
  if (proved !== 0) return proved

  if (distribution.standIn) {
    say('there is no Electron binary in it: the folder holds everything but Electron itself, and no installer is made from it.')
    return 0
  }
  if (process.argv.includes('--dir')) return 0
  // The configured installers of this system, from the folder that was just proved.
  const installers = await pack({ prepackaged: join(repositoryRoot, process.platform === 'darwin' ? folder.replace(/\/Contents$/, '') : folder), config, publish: 'never' })
  for (const file of installers) say(`installer: ${file}`)
  return 0
}

try {
  process.exitCode = await packageApplication()
} catch (error) {
  say(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}
