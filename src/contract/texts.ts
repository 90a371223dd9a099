import { z } from 'zod'

/** What a placeholder of a text takes: a figure, a name, or another text, which then reads in the same language. */
export type TextValue = string | number | Wording
export type TextValues = Readonly<Record<string, TextValue>>

/** A text of the catalogue by its key, with the values of its placeholders: it reads in any language. */
export interface Wording {
  readonly key: string
  readonly values?: TextValues | undefined
}

export const wording: z.ZodType<Wording, Wording> = z.lazy(() => z.object({ key: z.string().max(100), values: textValues.optional() }))
/** Something said in English where it happened, with the text of the catalogue that says it in any language. */
export interface Said {
  readonly message: string
  readonly wording?: Wording | undefined
}

export const textValues: z.ZodType<TextValues, TextValues> = z.record(z.string(), z.union([z.string(), z.number(), wording]))
export const said: z.ZodType<Said, Said> = z.object({ message: z.string(), wording: wording.optional() })
