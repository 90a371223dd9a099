import { enableCompileCache } from 'node:module'

// Compiled code is remembered between runs: a command starts in about half the time. Must come before the rest loads.
enableCompileCache()
// The launcher that started this process is gone without a word: nobody waits for the rest.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
process.channel?.unref()
// So is the engine, for the command that needs it at once: it loads while this process reads its arguments.
const args = process.argv.slice(2)
if ((args[0] === 'colorize' || args[0] === 'page') && !args.includes('--help') && !args.includes('-h')) {
  const { startEngine } = await import('./terminal/early-engine.ts')
  startEngine(args.includes('--verbose'))
}
const { main } = await import('./program.ts')
await main(args)
