/**
 * Entry of the engine's process, in Electron (utility process) and under Node (child process) alike. The thread that
 * does the work is started first: it loads its libraries while this loop is still reading its own code.
 */
import { probeArgument } from './workers/arguments.ts'

const probed = process.argv.find((argument) => argument.startsWith(probeArgument))?.slice(probeArgument.length)

if (probed === undefined) {
  const { startSession } = await import('./workers/start.ts')
  const session = startSession(import.meta.url)
  const { serve } = await import('./workers/serve.ts')
  serve(session)
} else {
  const { answerProbe } = await import('./models/probe.ts')
  await answerProbe(probed)
}
