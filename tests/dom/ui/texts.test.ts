// @vitest-environment happy-dom
import { describe, expect, test } from 'vitest'
import { steps } from '../../../src/core/steps/index.ts'
import { commands } from '../../../src/core/commands/index.ts'
import { formatOf } from '../../../src/core/texts/format.ts'
import { createTexts, switchLanguage, textsOf } from '../../../src/renderer/i18n/index.ts'
import { languageOf } from '../../../src/core/texts/language.ts'

describe('the language', () => {
  test('of the system is found by its tags, Taiwan and Hong Kong reading traditional characters', () => {
    expect(languageOf(['zh-CN'])).toBe('zh-Hans')
    expect(languageOf(['zh-TW', 'en'])).toBe('zh-Hant')
    expect(languageOf(['zh-Hant-HK'])).toBe('zh-Hant')
    expect(languageOf(['zh-Hans-HK'])).toBe('zh-Hans')
    expect(languageOf(['de-DE', 'en-GB'])).toBe('en')
    expect(languageOf(['fr'])).toBe('en')
  })

  test('is switched live, plural forms included', async () => {
    const translations = await createTexts('en')
    expect(textsOf(translations).t('models.installed', { count: 1200 })).toBe('1,200 installed')
    await switchLanguage(translations, 'zh-Hans')
    expect(textsOf(translations).t('models.installed', { count: 3 })).toBe('已安装 3 个')
  })
})

describe('texts', () => {
  test('exist for every step, parameter and command, with help for each parameter', async () => {
    const { find } = textsOf(await createTexts('en'))
    const keys = Object.values(steps).flatMap((step) => [
      step.label,
      ...step.parameters.flatMap(({ id, label }) => [label, `${label}.help`, `history.${step.id}.${id}`]),
      ...step.parameters.flatMap((parameter) => (parameter.kind === 'choice' ? parameter.options.map((option) => `${parameter.label}.${option}`) : [])),
    ])
    expect(keys.length).toBeGreaterThan(30)
    expect([...keys, ...commands.map(({ text }) => text)].filter((key) => find(key, { value: 1 }) === '')).toEqual([])
  })

  test('of an unknown label is its last word rather than nothing', async () => {
    expect(textsOf(await createTexts('en')).label({ key: 'history.tomorrow.sparkle' })).toBe('sparkle')
  })
})

describe('figures', () => {
  test('are written as the language writes them', () => {
    expect(formatOf('en').bytes(243_400_000)).toBe('243 MB')
    expect(formatOf('en').bytes(5_165_384)).toBe('5.2 MB')
    expect(formatOf('en').memory(6144)).toBe('6 GB')
    expect(formatOf('en').number(4032)).toBe('4,032')
    expect([23.976, 29.97, 25].map((rate) => formatOf('en').fraction(rate))).toEqual(['23.976', '29.97', '25'])
    expect(formatOf('en').duration(175).replaceAll('\u00a0', ' ')).toBe('2 min 55 s')
    expect(formatOf('en').milliseconds(1234).replaceAll('\u00a0', ' ')).toBe('1.23 s')
    expect(formatOf('zh-Hans').duration(23).replaceAll('\u00a0', ' ')).toBe('23 秒')
  })
})
