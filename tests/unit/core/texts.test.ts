import { describe, expect, it } from 'vitest'
import { asHourglassError, errorData, HourglassError } from '../../../src/contract/errors.ts'
import { languages } from '../../../src/core/texts/catalogue.ts'
import { createTexts, textsOf } from '../../../src/core/texts/texts.ts'
import { fault, noted, saidBy, worded } from '../../../src/core/texts/wording.ts'

const inChinese = textsOf(await createTexts('zh-Hans'))

/** As it comes out of a wire or a table. */
const stored = (error: HourglassError): HourglassError => HourglassError.fromData(errorData.parse(JSON.parse(JSON.stringify(error.toData()))))

describe('an error with texts of the catalogue', () => {
  const error = fault('bad-model', 'fault.cardDoesNotFit', 'remedy.correctCardOrInstall', { model: 'X {{y}}', problem: worded('fault.problem.noInput', { name: 'grey' }) })

  it('is English where it happens, its reason included', () => {
    expect(error.message).toBe('The card of the model “X {{y}}” does not fit its weights: there is no input “grey”.')
    expect(error.remedy).toMatch(/^Correct the card/)
  })

  it('is Chinese where it is shown in Chinese, its reason included, also after a wire', () => {
    const { message, remedy } = inChinese.told(stored(error))
    expect(message).toBe('模型“X {{y}}”的说明卡与权重不符：没有名为“grey”的输入。')
    expect(remedy).toMatch(/^请更正说明卡/)
  })

  it('can be the reason of another text', () => {
    expect(inChinese.label({ key: 'jobs.log.failed', values: { message: saidBy(stored(error)) } })).toContain('没有名为“grey”的输入')
    expect(inChinese.label({ key: 'jobs.log.failed', values: { message: saidBy(new HourglassError('internal', 'Words of a library', '')) } })).toContain('Words of a library')
  })
})

it('an error whose words come from elsewhere is shown as it is', () => {
  const foreign = stored(new HourglassError('bad-input', 'Words of an older version.', 'Do this.'))
  expect(inChinese.told(foreign)).toEqual({ message: 'Words of an older version.', remedy: 'Do this.' })
  expect(inChinese.told({ message: 'English', remedy: 'English', wording: { message: 'fault.ofTheFuture', remedy: 'remedy.ofTheFuture', values: {} } })).toEqual({ message: 'English', remedy: 'English' })
})

it('what nobody foresaw reads in the catalogue as where it is caught', async () => {
  const error = asHourglassError(new Error('the reason'))
  expect(textsOf(await createTexts('en')).told(error)).toEqual({ message: error.message, remedy: error.remedy })
  expect(inChinese.told(error).message).toBe('发生了意料之外的问题：the reason')
})

it('a note of a result reads in every language', async () => {
  const note = noted('first-page', 'note.firstPage', { file: '"a.tif"', pages: 3 })
  expect(note).toMatchObject({ code: 'first-page', message: '"a.tif" holds 3 pictures; the first one is used.' })
  for (const language of languages) {
    const said = textsOf(await createTexts(language)).say(note)
    expect(said).toMatch(/"a\.tif".*3/)
    expect(said === note.message).toBe(language === 'en')
  }
})
