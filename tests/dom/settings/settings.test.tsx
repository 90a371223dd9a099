// @vitest-environment happy-dom
import '../support/browser.ts'
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, test } from 'vitest'
import { settings as settingsSchema } from '../../../src/contract/settings.ts'
import { aSystem, openStudio } from '../support/studio.tsx'

const hash = '#/settings'

describe('Settings', () => {
  test('change the theme of the page at once', async () => {
    const { client } = await openStudio({}, { hash })
    fireEvent.click(await screen.findByLabelText('Light'))
    await waitFor(() => expect(client.settings.change).toHaveBeenCalledWith({ theme: 'light' }))
    await waitFor(() => expect(document.documentElement.dataset['mantineColorScheme']).toBe('light'))
    expect(document.documentElement.dataset['tone']).toBe('light')
  })

  test('take a change back that the studio refuses, and say why', async () => {
    const { client } = await openStudio({}, { hash })
    client.settings.change.mockRejectedValueOnce({ code: 'not-writable', message: 'The settings cannot be saved.', remedy: 'Check the folder.' })
    fireEvent.click(await screen.findByLabelText('Light'))
    expect(await screen.findByText('The settings cannot be saved. Check the folder.')).toBeTruthy()
    await waitFor(() => expect(document.documentElement.dataset['tone']).toBe('dark'))
  })

  test('a number counts when it is typed out, and stays within its bounds', async () => {
    const { client } = await openStudio({}, { hash })
    const quality = await screen.findByLabelText('Quality')
    fireEvent.change(quality, { target: { value: '88' } })
    expect(client.settings.change).not.toHaveBeenCalled()
    fireEvent.blur(quality)
    await waitFor(() => expect(client.settings.change).toHaveBeenCalledWith({ export: { ...settingsSchema.parse({}).export, quality: 88 } }))
  })

  test('empty the cache and say how much that freed', async () => {
    await openStudio({}, { hash })
    fireEvent.click(await screen.findByLabelText('Previews'))
    expect(await screen.findByText('120 MB freed')).toBeTruthy()
  })
})

describe('what the environment sets', () => {
  const environment = [
    { setting: 'threads', variable: 'HOURGLASS_THREADS', value: 'many', usable: false, allowed: { key: 'remedy.allowedThreads' } },
    { setting: 'memoryMb', variable: 'HOURGLASS_MEMORY_MB', value: '600', usable: true, allowed: { key: 'remedy.allowedMemory' } },
  ] as const

  test('is said where the setting is drawn: what cannot be used, and what wins', async () => {
    await openStudio({ system: { ...aSystem(), environment: [...environment] } }, { hash })
    expect(await screen.findByText('HOURGLASS_THREADS is “many”, which cannot be used. Allowed: a whole number from 0 (as many as cores) to 256.')).toBeTruthy()
    expect(screen.getByText('Set by HOURGLASS_MEMORY_MB.')).toBeTruthy()
    expect(screen.getByLabelText<HTMLInputElement>('Memory').disabled).toBe(true)
    expect(screen.getByLabelText<HTMLInputElement>('Threads').disabled).toBe(false)
  })
})

describe('the keyboard map', () => {
  const row = async (name: string) => {
    const button = await screen.findByLabelText(new RegExp(`^${name}: `))
    return { button, item: within(button.closest('li') as HTMLElement) }
  }

  test('gives a command the keys that are pressed', async () => {
    const { client } = await openStudio({}, { hash })
    const { button } = await row('Pick')
    fireEvent.click(button)
    expect(button.textContent).toBe('Press keys…')
    fireEvent.keyDown(button, { key: 'y' })
    await waitFor(() => expect(client.settings.change).toHaveBeenCalledWith({ shortcuts: { 'photo.pick': 'Y' } }))
  })

  test('tells who has the keys before it takes them away', async () => {
    const { client } = await openStudio({}, { hash })
    const { button, item } = await row('Pick')
    fireEvent.click(button)
    fireEvent.keyDown(button, { key: 'x' })
    expect(item.getByText('X already belongs to Reject.')).toBeTruthy()
    expect(client.settings.change).not.toHaveBeenCalled()
    fireEvent.click(item.getByText('Use it here'))
    await waitFor(() => expect(client.settings.change).toHaveBeenCalledWith({ shortcuts: { 'photo.pick': 'X', 'photo.reject': '' } }))
  })

  test('Escape leaves everything as it was', async () => {
    const { client } = await openStudio({}, { hash })
    const { button } = await row('Pick')
    fireEvent.click(button)
    fireEvent.keyDown(button, { key: 'Escape' })
    expect(button.textContent).toBe('P')
    expect(client.settings.change).not.toHaveBeenCalled()
  })

  test('is found by a command’s name or its keys', async () => {
    await openStudio({}, { hash })
    const search = await screen.findByLabelText('Search commands or keys')
    fireEvent.change(search, { target: { value: 'ctrl+shift+z' } })
    await waitFor(() => expect(document.querySelectorAll('[data-own-keys]').length).toBe(1))
    expect(screen.getByLabelText('Redo: Ctrl+Shift+Z')).toBeTruthy()
  })
})
