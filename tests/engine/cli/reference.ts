import type { Command, Option } from 'commander'

function optionLine(option: Option): string {
  const choices = option.argChoices && !option.flags.includes('|') ? `; one of ${option.argChoices.join(', ')}` : ''
  return `| \`${option.flags.replaceAll('|', '\\|')}\` | ${option.description}${choices} |`
}

function commandText(command: Command, path: string): string {
  const args = command.registeredArguments.map((argument) => {
    const name = argument.name() + (argument.variadic ? '…' : '')
    return argument.required ? name : `[${name}]`
  })
  const lines = [`### \`${[path, ...args].join(' ')}\``, '', `${command.description()}.`, '']
  if (command.options.length > 0) lines.push('| option | what it does |', '| --- | --- |', ...command.options.map(optionLine), '')
  return lines.join('\n')
}

/** The commands of the program as the reference part of docs/cli.md. */
export function commandReference(program: Command): string {
  const texts: string[] = []
  const walk = (command: Command, path: string): void => {
    if (command.commands.length === 0) texts.push(commandText(command, path))
    for (const child of command.commands) walk(child, `${path} ${child.name()}`)
  }
  walk(program, program.name())
  return texts.join('\n')
}
