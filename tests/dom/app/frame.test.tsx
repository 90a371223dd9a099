// @vitest-environment happy-dom
import '../support/browser.ts'
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, test } from 'vitest'
import { aJob, anAsset, aProject, emptySummary, openStudio } from '../support/studio.tsx'

const room = (name: string) => within(screen.getByRole('navigation', { name: 'Rooms' })).getByRole('button', { name })

describe('the first screen', () => {
  test('offers one thing to press, samples, and says that all stays here', async () => {
    await openStudio()
    expect(await screen.findByRole('heading', { name: 'Drop old photos' })).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Choose files' })).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Family photo' })).toBeTruthy()
    expect(await screen.findByText('1 model installed')).toBeTruthy()
    expect(screen.getByText('Everything stays on this computer')).toBeTruthy()
  })

  test('chosen files open a project and are added to it', async () => {
    const { client, host } = await openStudio()
    host.pickFiles.mockResolvedValue([{ grant: 'grant-1' as never, name: 'garden.jpg', isFolder: false }])
    fireEvent.click(await screen.findByRole('button', { name: 'Choose files' }))
    await waitFor(() => expect(client.assets.add).toHaveBeenCalledWith({ grants: ['grant-1'], kind: 'photo', layers: [] }))
    expect(client.projects.create).toHaveBeenCalledWith({ name: 'My photos' })
  })

  test('a project that is open elsewhere is told, and tried again where the person says so', async () => {
    const { client, tell } = await openStudio()
    const why = { code: 'locked' as const, message: 'The project “Album” is open in another Hourglass Studio (process 12).', remedy: 'Close it there, then open it here.' }
    client.projects.notReopened.mockResolvedValue({ id: 'album' as never, name: 'Album', why })
    tell({ type: 'project.changed', project: null })
    expect((await screen.findByRole('alert')).textContent).toContain(why.message)
    fireEvent.click(screen.getByRole('button', { name: 'Try to open Album again' }))
    await waitFor(() => expect(client.projects.open).toHaveBeenCalledWith({ id: 'album' }))
  })

  test('what could not be read is told with its reason', async () => {
    const { client, host } = await openStudio({ project: aProject('Album') })
    host.pickFiles.mockResolvedValue([{ grant: 'grant-1' as never, name: 'text.jpg', isFolder: false }])
    const error = { code: 'bad-input', message: 'text.jpg is no picture.', remedy: 'Choose another file.' }
    client.assets.add.mockResolvedValue({ added: [], rejected: [{ name: 'text.jpg', error }] } as never)
    fireEvent.click(await screen.findByRole('button', { name: 'Choose files' }))
    expect(await screen.findByText(/text\.jpg is no picture\. Choose another file\./)).toBeTruthy()
  })

  test('a sample opens itself, with its companions in the project', async () => {
    const { client } = await openStudio()
    const assets = ['photo-family.jpg', 'photo-girl.jpg'].map((name) => anAsset(name))
    client.assets.addSamples.mockResolvedValue(assets as never)
    fireEvent.click(await screen.findByRole('button', { name: 'Portrait' }))
    await waitFor(() => expect(window.location.hash).toBe('#/photos/photo-girl.jpg'))
    expect(client.assets.addSamples).toHaveBeenCalledWith({ kind: 'photo' })
  })

  test('closing the file dialog makes no project', async () => {
    const { client, host } = await openStudio()
    fireEvent.click(await screen.findByRole('button', { name: 'Choose files' }))
    await waitFor(() => expect(host.pickFiles).toHaveBeenCalled())
    expect(client.projects.create).not.toHaveBeenCalled()
  })
})

describe('the frame', () => {
  test('leads to every room by its name, and the address remembers it', async () => {
    await openStudio()
    fireEvent.click(room('Queue'))
    expect(await screen.findByRole('heading', { name: 'Queue' })).toBeTruthy()
    expect(window.location.hash).toBe('#/queue')
    expect(room('Queue').getAttribute('aria-current')).toBe('page')
    fireEvent.click(room('Pages'))
    expect(await screen.findByText('Colour your first page')).toBeTruthy()
    fireEvent.click(room('Film'))
    expect(await screen.findByText('Review your first film clip')).toBeTruthy()
    fireEvent.click(room('Photos'))
    expect(await screen.findByRole('button', { name: 'Choose files' })).toBeTruthy()
  })

  test('speaks Chinese as soon as the setting says so', async () => {
    const { tell, world } = await openStudio()
    expect(await screen.findByRole('button', { name: 'Choose files' })).toBeTruthy()
    await act(async () => tell({ type: 'settings.changed', settings: { ...world.settings, language: 'zh-Hant' } }))
    expect(await screen.findByRole('button', { name: '選擇檔案' })).toBeTruthy()
    expect(document.documentElement.lang).toBe('zh-Hant')
  })

  test('says why the processor computes', async () => {
    await openStudio()
    const provider = await screen.findByText('CPU')
    fireEvent.mouseEnter(provider)
    expect(await screen.findByText('cuda: No NVIDIA driver was found.')).toBeTruthy()
    expect(screen.getByText('400 MB of 6 GB')).toBeTruthy()
  })

  test('follows the queue in pill, dock and title', async () => {
    const { tell, host, world } = await openStudio({ project: aProject('Album'), jobs: [aJob('a', { state: 'running', progress: 0.5 }), aJob('b')] })
    expect(await screen.findByRole('button', { name: '0 of 2 in the queue done' })).toBeTruthy()
    await waitFor(() => expect(host.setProgress).toHaveBeenLastCalledWith(0.25))
    await waitFor(() => expect(host.setTitle).toHaveBeenLastCalledWith('Album · Hourglass Studio'))
    await act(async () => {
      tell({ type: 'job.changed', job: aJob('a', { state: 'done', progress: 1 }), summary: emptySummary })
      tell({ type: 'job.changed', job: aJob('b', { state: 'done', progress: 1 }), summary: emptySummary })
    })
    await waitFor(() => expect(screen.queryByRole('button', { name: /in the queue done/ })).toBeNull())
    expect(host.setProgress).toHaveBeenLastCalledWith(null)
    expect(world.project?.name).toBe('Album')
  })

  test('tells of a batch that ends while nobody looks', async () => {
    const focus = document.hasFocus
    document.hasFocus = () => false
    try {
      const { tell, host } = await openStudio({ jobs: [aJob('a', { state: 'running' })] })
      await screen.findByRole('button', { name: /in the queue done/ })
      await act(async () => tell({ type: 'job.changed', job: aJob('a', { state: 'done', progress: 1 }), summary: emptySummary }))
      await waitFor(() => expect(host.notify).toHaveBeenCalledWith('1 job is done', 'All went well.'))
    } finally {
      document.hasFocus = focus
    }
  })

  test('says so when the studio cannot be heard, and asks for everything again when it is back', async () => {
    const { client, lose } = await openStudio()
    await screen.findByRole('button', { name: 'Choose files' })
    const asked = client.system.info.mock.calls.length
    await act(async () => lose())
    expect(await screen.findByText('The studio does not answer')).toBeTruthy()
    await waitFor(() => expect(screen.queryByText('The studio does not answer')).toBeNull(), { timeout: 3000 })
    await waitFor(() => expect(client.system.info.mock.calls.length).toBeGreaterThan(asked))
  })
})

describe('a project', () => {
  const choose = async (item: string) => {
    fireEvent.click(await screen.findByRole('button', { name: /project menu$/ }))
    fireEvent.click(await screen.findByRole('menuitem', { name: item }))
    return within(await screen.findByRole('dialog'))
  }

  test('is renamed from its menu', async () => {
    const { client } = await openStudio({ project: aProject('Album') })
    const dialog = await choose('Rename project…')
    const field = dialog.getByLabelText('Name') as HTMLInputElement
    expect(field.value).toBe('Album')
    fireEvent.change(field, { target: { value: ' Grandmother ' } })
    fireEvent.click(dialog.getByRole('button', { name: 'Rename' }))
    await waitFor(() => expect(client.projects.rename).toHaveBeenCalledWith({ name: 'Grandmother' }))
  })

  test('leaves the focus on its menu’s button where a dialog was given up', async () => {
    await openStudio({ project: aProject('Album') })
    const button = await screen.findByRole('button', { name: /project menu$/ })
    fireEvent.click(button)
    const item = await screen.findByRole('menuitem', { name: 'Rename project…' })
    item.focus()
    fireEvent.click(item)
    fireEvent.keyDown(await screen.findByRole('dialog'), { key: 'Escape' })
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    await waitFor(() => expect(document.activeElement).toBe(button))
  })

  test('is made with the name that was typed', async () => {
    const { client } = await openStudio()
    const dialog = await choose('New project')
    fireEvent.change(dialog.getByLabelText('Name'), { target: { value: 'Box 2' } })
    fireEvent.click(dialog.getByRole('button', { name: 'Create' }))
    await waitFor(() => expect(client.projects.create).toHaveBeenCalledWith({ name: 'Box 2' }))
  })
})
