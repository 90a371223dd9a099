import { Command, InvalidArgumentError } from 'commander'
import { examples } from '../terminal/help.ts'
import { texts } from '../terminal/texts.ts'

interface ServeOptions {
  readonly port?: number
  readonly open?: boolean
}

/** What the web host's entry offers; it is loaded by its place, since a host does not reach into another. */
interface WebHostModule {
  serve(options: { port?: number | undefined; open?: boolean | undefined; folder?: string | undefined }): Promise<void>
}

function portNumber(text: string): number {
  const port = Number(text)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new InvalidArgumentError(texts.t('terminal.usage.port'))
  return port
}

/** `hourglass serve`: the studio in a browser, on this machine only. */
export function serveCommand(): Command {
  return new Command('serve')
    .description(texts.t('help.serve'))
    .argument('[FOLDER]', texts.t('help.serve.folder'))
    .option('--port <N>', texts.t('help.serve.port'), portNumber)
    .option('--open', texts.t('help.serve.open'))
    .addHelpText('after', examples('hourglass serve --open ~/Pictures/family'))
    .action(async (folder: string | undefined, options: ServeOptions) => {
      const [{ locate }, { pathToFileURL }] = await Promise.all([import('../../studio/hosting/locations.ts'), import('node:url')])
      const host = (await import(pathToFileURL(locate().webHost).href)) as WebHostModule
      await host.serve({ ...options, folder })
    })
}
