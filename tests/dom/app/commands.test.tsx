// @vitest-environment happy-dom
import '../support/browser.ts'
import { fireEvent, screen, waitFor } from '@testing-library/react'
import { describe, expect, test } from 'vitest'
import type { MenuCommand } from '../../../src/contract/host.ts'
import { aProject, openStudio } from '../support/studio.tsx'

const press = (key: string, more: Partial<KeyboardEventInit> = {}, target: Element = document.body) => fireEvent.keyDown(target, { key, ...more })

describe('the keyboard', () => {
  test('goes from room to room', async () => {
    await openStudio()
    await screen.findByRole('button', { name: 'Choose files' })
    press('4', { ctrlKey: true })
    expect(await screen.findByRole('heading', { name: 'Queue' })).toBeTruthy()
  })

  test('shows its map on ?', async () => {
    await openStudio()
    await screen.findByRole('button', { name: 'Choose files' })
    press('?', { shiftKey: true })
    expect(await screen.findByRole('dialog', { name: 'Keyboard' })).toBeTruthy()
    expect(screen.getByText('Full screen')).toBeTruthy()
  })

  test('obeys the user’s own keys and no longer the old ones', async () => {
    const { world } = await openStudio({}, { hash: '#/photos' })
    world.settings = { ...world.settings, shortcuts: { 'room.queue': 'Q' } }
    const { client } = await openStudio({ settings: world.settings })
    await waitFor(() => expect(client.settings.get).toHaveBeenCalled())
    press('4', { ctrlKey: true })
    expect(window.location.hash).not.toBe('#/queue')
    await waitFor(() => {
      press('q')
      expect(window.location.hash).toBe('#/queue')
    })
  })

  test('leaves letters to whoever is typing', async () => {
    await openStudio({}, { hash: '#/settings' })
    const search = await screen.findByLabelText('Search commands or keys')
    press('?', { shiftKey: true }, search)
    expect(screen.queryByRole('dialog', { name: 'Keyboard' })).toBeNull()
  })
})

describe('the palette', () => {
  test('opens on Ctrl-K, finds a command by its name and runs it', async () => {
    await openStudio()
    await screen.findByRole('button', { name: 'Choose files' })
    press('k', { ctrlKey: true })
    const search = await screen.findByPlaceholderText('Search for a command or a photo')
    fireEvent.change(search, { target: { value: 'go to mod' } })
    await waitFor(() => expect(screen.getAllByText('mod', { exact: false }).length).toBeGreaterThan(0))
    fireEvent.keyDown(search, { key: 'Enter', code: 'Enter' })
    await waitFor(() => expect(window.location.hash).toBe('#/models'))
  })
})

describe('a native menu', () => {
  test('lists the same commands with their shortcuts, and whether they can run', async () => {
    let choose: (id: string) => void = () => undefined
    const { host } = await openStudio(
      { project: aProject('Album') },
      {
        host: {
          onCommand: (listener) => {
            choose = listener
            return () => undefined
          },
        },
      },
    )
    const last = () => host.setMenu.mock.calls.at(-1)?.[0] as MenuCommand[]
    await waitFor(() => expect(last().find(({ id }) => id === 'project.close')?.enabled).toBe(true))
    expect(last().find(({ id }) => id === 'edit.undo')).toEqual({ id: 'edit.undo', menu: 'edit', menuText: 'Edit', text: 'Undo', shortcut: 'Mod+Z', enabled: false })
    choose('room.models')
    await waitFor(() => expect(window.location.hash).toBe('#/models'))
  })
})
