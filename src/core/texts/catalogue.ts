import type { en } from './en/index.ts'

/** Every text of the window by its key, in one language. English is the source of the keys. */
type Keys = keyof typeof en
/** Plural forms `key_one` and `key_other` are one text, `key`. */
type Base<K> = K extends `${infer Head}_one` ? Head : K extends `${infer Head}_other` ? Head : K
export type TextKey = Base<Keys>

/** What another language must give: the same keys; `_one` only where its grammar has a singular (Chinese has none). */
export type Translation<Source> = { readonly [K in keyof Source as K extends `${string}_one` ? never : K]: string }

export const languages = ['en', 'zh-Hans', 'zh-Hant'] as const
export type Language = (typeof languages)[number]
