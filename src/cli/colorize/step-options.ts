import { InvalidArgumentError, Option, type Command } from 'commander'
import type { NumberParameter, Parameter, Step } from '../../core/steps/step.ts'
import { texts } from '../terminal/texts.ts'

/** What each parameter does, in the terminal's words. */
const explanations: Record<string, string> = {
  model: 'which model gives the colours (see `hourglass models list`)',
  renderFactor: 'size the network looks at: lower is bolder and steadier, higher is finer; auto tries several',
  strength: 'how much colour; 0 returns the picture untouched',
  vividness: '0 careful … 1 bold',
  saturation: 'multiplies the colours; 1 leaves them as they are',
  warmth: '-1 cooler … 1 warmer',
  keepTone: "keep the print's own toning under the colour",
  tones: 'where the light and dark are taken from (for faded or stained prints)',
  edgeRepair: 'repair of colour that bleeds over edges',
  forceColor: 'colour also a picture that is in colour already',
  hints: 'colours at places (.hints.json)',
  reference: 'a picture whose colours are taken over',
  mode: 'what gives the colours: flats, hints alone; model, a network guided by them; both, flats where a hint stands',
  unhinted: 'regions without a hint: left as paper, or filled from the nearest hint',
  blend: 'share of the other colouring (model or --rough) in a and b; lightness stays that of the flats',
  rough: 'another colouring of the page, of any size: mixed in by --blend, or the source of --auto-hints',
  keepPaper: 'bubbles, captions and gutters may be coloured like everything else',
  toneSize: 'pitch of the screentone in pixels, whose dots are looked through; 0: clean line art',
  neutralPaper: 'yellowed paper stays yellowed',
}
const placeholders: Partial<Record<string, string>> = { reference: 'FILE', rough: 'FILE', hints: 'FILE', model: 'ID' }

/** `renderFactor` → `render-factor`. */
export function optionName(id: string): string {
  return id.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

function numberWithin(parameter: Pick<NumberParameter, 'min' | 'max'>): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (text.trim() === '' || !Number.isFinite(value) || value < parameter.min || value > parameter.max) {
      throw new InvalidArgumentError(texts.t('terminal.usage.numberWithin', { min: parameter.min, max: parameter.max }))
    }
    return value
  }
}

function wholeWithin(range: Pick<NumberParameter, 'min' | 'max'>): (text: string) => number {
  return (text) => {
    const value = numberWithin(range)(text)
    if (!Number.isInteger(value)) throw new InvalidArgumentError(texts.t('terminal.usage.wholeOrAuto', { min: range.min, max: range.max }))
    return value
  }
}

function optionOf(parameter: Parameter): Option {
  const flag = `--${optionName(parameter.id)}`
  const text = explanations[parameter.id] ?? parameter.id
  switch (parameter.kind) {
    case 'number':
      return new Option(`${flag} <${parameter.min}…${parameter.max}>`, `${text} (default ${parameter.default})`).argParser(numberWithin(parameter))
    case 'renderFactor':
      return new Option(`${flag} <${parameter.min}…${parameter.max}|auto>`, `${text} (default: what the model's card says)`).argParser((value) =>
        value === 'auto' ? value : wholeWithin(parameter)(value),
      )
    case 'toggle':
      return parameter.default ? new Option(`--no-${optionName(parameter.id)}`, text) : new Option(flag, text)
    case 'choice':
      return new Option(`${flag} <${parameter.options.join('|')}>`, `${text} (default ${parameter.default})`).choices(parameter.options)
    default:
      return new Option(`${flag} <${placeholders[parameter.id] ?? 'VALUE'}>`, text)
  }
}

/** Gives a command one option for each parameter of a step: names, ranges and defaults are the step's own. */
export function addStepOptions(command: Command, step: Pick<Step<string, object>, 'parameters'>): Command {
  for (const parameter of step.parameters) command.addOption(optionOf(parameter))
  return command
}

/** The parameters that were given on the command line, by their id; those of files are left to the caller. */
export function givenParams(step: Pick<Step<string, object>, 'parameters'>, options: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const params: Record<string, unknown> = {}
  for (const { id, kind } of step.parameters) {
    if (kind !== 'hints' && kind !== 'file' && options[id] !== undefined) params[id] = options[id]
  }
  return params
}
