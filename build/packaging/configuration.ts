// electron-builder's configuration: what goes into the application, and the installers of three systems.
import type { Configuration } from 'electron-builder'

/** Written before packing, from the licences of all that travels in the application. */
export const noticesFile = 'node_modules/.cache/hourglass/notices.txt'

/** Drawn before packing, from the logo; electron-builder makes the systems' own formats from it. */
export const iconFile = 'node_modules/.cache/hourglass/icon.png'

/**
 * ONNX Runtime's native files of other systems, about 240 MB of its 288. They stand in the one list of files, since a
 * list of a platform's own would replace it, and the whole repository would be packed.
 */
function otherSystems(): string[] {
  const folder = 'node_modules/onnxruntime-node/bin/napi-v6'
  const others = ['linux', 'darwin', 'win32'].filter((name) => name !== process.platform)
  return [...others.map((name) => `!${folder}/${name}/**`), `!${folder}/${process.platform}/${process.arch === 'arm64' ? 'x64' : 'arm64'}/**`]
}

/** Leaves out what a package ships for its own readers. `fluent-ffmpeg` alone brings 13 MB of documentation. */
const leftOut = ['!**/*.map', '!**/*.d.ts', '!node_modules/**/{docs,doc,test,tests,example,examples,coverage,OLD}/**', '!node_modules/onnxruntime-node/script/**', '!node_modules/libheif-js/libheif/**']

/**
 * @param standIn true where there is no real Electron: such a distribution has no fuses to set.
 */
export function configuration({ standIn, electronDist }: { standIn: boolean; electronDist: string }): Configuration {
  return {
    appId: 'studio.hourglass.app',
    productName: 'Hourglass Studio',
    copyright: 'MIT licence, Hourglass Studio contributors',
    icon: iconFile,
    directories: { output: 'dist', buildResources: 'build/packaging' },
    electronDist,
    // Both native packages are Node-API: they need no rebuild for Electron.
    npmRebuild: false,
    files: ['package.json', 'LICENSE', 'out/**', '!out/.built-from', ...leftOut, ...otherSystems()],
    asar: true,
    // The engine is a process that loads native libraries and starts threads from files: it lies beside the archive
    // with everything that it loads. package.json says there that its files are ES modules.
    asarUnpack: ['package.json', 'out/main/**', 'out/kernels/**', 'node_modules/**'],
    extraResources: [
      { from: 'models', to: 'models', filter: ['catalogue.json', '*/card.json', '*/*.onnx', '*/LICENSE*'] },
      { from: 'resources', to: 'resources' },
      { from: noticesFile, to: 'THIRD-PARTY-LICENCES.txt' },
    ],
    electronFuses: standIn
      ? null
      : {
          // The engine runs as a utility process, so that the binary need not act as a plain Node.
          runAsNode: false,
          enableNodeOptionsEnvironmentVariable: false,
          enableNodeCliInspectArguments: false,
          enableCookieEncryption: true,
          onlyLoadAppFromAsar: true,
        },
    fileAssociations: [
      { ext: ['jpg', 'jpeg'], mimeType: 'image/jpeg', role: 'Editor', rank: 'Alternate' },
      { ext: ['png'], mimeType: 'image/png', role: 'Editor', rank: 'Alternate' },
      { ext: ['tif', 'tiff'], mimeType: 'image/tiff', role: 'Editor', rank: 'Alternate' },
      { ext: ['webp'], mimeType: 'image/webp', role: 'Editor', rank: 'Alternate' },
    ],
    linux: {
      executableName: 'hourglass-studio',
      category: 'Graphics',
      maintainer: 'Hourglass Studio contributors',
      synopsis: 'Colour for old photographs',
      target: [{ target: 'AppImage' }, { target: 'deb' }],
    },
    win: {
      executableName: 'Hourglass Studio',
      target: [{ target: 'nsis' }],
    },
    nsis: { oneClick: false, perMachine: false, allowToChangeInstallationDirectory: true, deleteAppDataOnUninstall: false },
    mac: {
      category: 'public.app-category.photography',
      target: [{ target: 'dmg' }],
    },
    publish: null,
  }
}
