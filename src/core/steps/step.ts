import type { z } from 'zod'
import type { RecipeStep } from '../../contract/recipe.ts'

/** When a parameter is shown: another parameter of the same step has one of these values. */
export interface ShowIf {
  readonly param: string
  readonly is: readonly unknown[]
}

interface ParameterBase {
  readonly id: string
  /** Catalogue key of the visible name, `steps.<step>.<id>`; help is the same key + `.help`. */
  readonly label: string
  /** Shown in Simple mode; everything else waits for Everything. */
  readonly simple: boolean
  readonly showIf?: ShowIf
}

export interface NumberParameter extends ParameterBase {
  readonly kind: 'number'
  readonly min: number
  readonly max: number
  readonly step: number
  readonly default: number
  /** Shown behind the value, e.g. '%'. */
  readonly unit?: string
  /** The slider's fill starts here; default is `min`. */
  readonly origin?: number
}
export interface ToggleParameter extends ParameterBase {
  readonly kind: 'toggle'
  readonly default: boolean
}
export interface ChoiceParameter extends ParameterBase {
  readonly kind: 'choice'
  readonly options: readonly string[]
  readonly default: string
}
/** A model of one task; null: the user's default for the task. */
export interface ModelParameter extends ParameterBase {
  readonly kind: 'model'
  readonly task: string
  readonly default: null
}
/** 7…45, 'auto', or null: what the model's card says. */
export interface RenderFactorParameter extends ParameterBase {
  readonly kind: 'renderFactor'
  readonly min: number
  readonly max: number
  readonly default: null
}
export interface HintsParameter extends ParameterBase {
  readonly kind: 'hints'
  readonly default: readonly []
}
/** A file the user granted; the recipe holds its path inside the project or on disk. */
export interface FileParameter extends ParameterBase {
  readonly kind: 'file'
  readonly default: null
}
export type Parameter =
  | NumberParameter
  | ToggleParameter
  | ChoiceParameter
  | ModelParameter
  | RenderFactorParameter
  | HintsParameter
  | FileParameter

/** Parses and repairs the parameters of one step; `repaired` names what had to be set back to its default. */
export interface ParsedParams<Params> {
  readonly params: Params
  readonly repaired: readonly string[]
}

/** What a step says of itself. The inspector, the terminal's help and the recipe check are drawn from it. */
export interface Step<Id extends string = string, Params = Record<string, unknown>> {
  readonly id: Id
  /** Of the parameters; rises with every change of their meaning. */
  readonly version: number
  /** Catalogue key of the visible name. */
  readonly label: string
  /** Which assets it applies to. */
  readonly appliesTo: readonly ('photo' | 'page' | 'clip')[]
  /** Place in a recipe that orders itself: lower runs earlier. */
  readonly order: number
  readonly parameters: readonly Parameter[]
  /** migrations[n] lifts parameters of version n+1 to n+2 and keeps the old look. */
  readonly migrations: readonly ((params: Record<string, unknown>) => Record<string, unknown>)[]
  readonly defaults: Params
  parse(params: Record<string, unknown>): ParsedParams<Params>
}

/** Takes every valid field; a missing one gets its default in silence, an invalid one is named in `repaired`. */
export function parseFields<Params extends object>(fields: { readonly [Key in keyof Params]: z.ZodType<Params[Key]> }, defaults: Params, given: Record<string, unknown>): ParsedParams<Params> {
  const repaired: string[] = []
  const params = { ...defaults }
  for (const key of Object.keys(fields) as (keyof Params & string)[]) {
    if (given[key] === undefined) continue
    const parsed = fields[key].safeParse(given[key])
    if (parsed.success) params[key] = parsed.data
    else repaired.push(key)
  }
  return { params, repaired }
}

/** Params of a recipe step lifted to the step's own version, then parsed. */
export function paramsOf<Params>(step: Step<string, Params>, stored: RecipeStep): ParsedParams<Params> {
  let params: Record<string, unknown> = { ...stored.params }
  for (let version = stored.v ?? 1; version < step.version; version++) {
    const migrate = step.migrations[version - 1]
    if (migrate) params = migrate(params)
  }
  return step.parse(params)
}
