// @vitest-environment happy-dom
import '../support/browser.ts'
import { MantineProvider } from '@mantine/core'
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { useState } from 'react'
import { I18nextProvider } from 'react-i18next'
import { afterEach, expect, test, vi } from 'vitest'
import { createTexts } from '../../../src/renderer/i18n/index.ts'
import { SliderRow } from '../../../src/renderer/ui/SliderRow.tsx'

afterEach(cleanup)

async function draw(start = 1) {
  const onChange = vi.fn()
  const onCommit = vi.fn()
  const translations = await createTexts('en')
  function Row() {
    const [value, setValue] = useState(start)
    const change = (next: number) => {
      onChange(next)
      setValue(next)
    }
    return <SliderRow label="Strength" value={value} min={0} max={1.5} step={0.01} defaultValue={1} onChange={change} onCommit={onCommit} />
  }
  render(
    <MantineProvider>
      <I18nextProvider i18n={translations}>
        <Row />
      </I18nextProvider>
    </MantineProvider>,
  )
  return { onChange, onCommit, slider: screen.getByRole('slider', { name: 'Strength' }), number: screen.getByRole('textbox') as HTMLInputElement }
}

test('arrows move by a step, with Shift by ten, live, and count as one change after a pause', async () => {
  const { onChange, onCommit, slider } = await draw()
  fireEvent.keyDown(slider, { key: 'ArrowRight' })
  fireEvent.keyDown(slider, { key: 'ArrowRight', shiftKey: true })
  expect(onChange.mock.calls).toEqual([[1.01], [1.11]])
  expect(onCommit).not.toHaveBeenCalled()
  await waitFor(() => expect(onCommit.mock.calls).toEqual([[1.11]]))
})

test('Home and End go to the ends and no further', async () => {
  const { onChange, slider } = await draw()
  fireEvent.keyDown(slider, { key: 'End' })
  fireEvent.keyDown(slider, { key: 'ArrowRight' })
  expect(onChange.mock.calls).toEqual([[1.5]])
})

test('a double click goes back to the usual value', async () => {
  const { onCommit, number } = await draw(0.3)
  expect(number.value).toBe('0.30')
  fireEvent.doubleClick(screen.getByText('Strength'))
  expect(onCommit).toHaveBeenCalledWith(1)
  await waitFor(() => expect(number.value).toBe('1.00'))
})

test('a typed number counts on Enter', async () => {
  const { onCommit, number } = await draw()
  fireEvent.change(number, { target: { value: '0.5' } })
  fireEvent.keyDown(number, { key: 'Enter' })
  expect(onCommit).toHaveBeenCalledWith(0.5)
})

test('the wheel over the slider moves it, but not a wheel that was turning when the pointer came', async () => {
  const { onChange, slider } = await draw()
  const area = slider.closest('div[class*="slider"]') as HTMLElement
  const wheel = (deltaY: number) => area.dispatchEvent(new WheelEvent('wheel', { deltaY, bubbles: true, cancelable: true }))
  area.dispatchEvent(new Event('pointerenter'))
  wheel(-100)
  expect(onChange).not.toHaveBeenCalled()
  await new Promise((resolve) => setTimeout(resolve, 300))
  wheel(-100)
  expect(onChange).toHaveBeenCalledWith(1.01)
})
