// @vitest-environment happy-dom
import '../support/browser.ts'
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, test } from 'vitest'
import { aJob, anAsset, aProject, emptySummary, openStudio } from '../support/studio.tsx'

const open = (jobs: ReturnType<typeof aJob>[], summary = {}) =>
  openStudio({ project: aProject('Album'), jobs, summary: { ...emptySummary, ...summary } }, { hash: '#/queue' })

describe('the Queue', () => {
  test('is calm when there is nothing to do', async () => {
    await open([])
    expect(await screen.findByText('Nothing to do')).toBeTruthy()
  })

  test('shows what runs with bar and figures, and can pause and cancel it', async () => {
    const { client } = await open([aJob('a', { state: 'running', progress: 0.5, project: 'project-Album' }), aJob('b', { project: 'project-Album' })], { running: 1, waiting: 1 })
    const card = await screen.findByRole('region', { name: 'Album' })
    expect(within(card).getByText('Colour 2 photos')).toBeTruthy()
    expect(within(card).getByRole('progressbar').getAttribute('aria-valuenow')).toBe('25')
    expect(within(card).getByText('0 of 2')).toBeTruthy()
    expect(screen.getByText('1 running · 1 waiting')).toBeTruthy()
    fireEvent.click(within(card).getByRole('button', { name: 'Pause' }))
    expect(client.jobs.pause).toHaveBeenCalledWith({ batch: 'batch' })
    fireEvent.click(within(card).getByRole('button', { name: 'Cancel' }))
    expect(client.jobs.cancel).toHaveBeenCalledWith({ batch: 'batch' })
  })

  test('calls pages pages', async () => {
    const page = { ...anAsset('p'), kind: 'page' as const }
    await openStudio({ project: aProject('Album'), assets: [page], jobs: [aJob('a', { state: 'running', asset: page.id, project: 'project-Album' }), aJob('b', { asset: page.id, project: 'project-Album' })], summary: { ...emptySummary, running: 1, waiting: 1 } }, { hash: '#/queue' })
    expect(await screen.findByText('Colour 2 pages')).toBeTruthy()
  })

  test('a failed photo says what happened and what to do, and can be tried again', async () => {
    const error = { code: 'bad-input' as const, message: 'box2.tif ends too early.', remedy: 'Scan it again.' }
    const { client } = await open([aJob('box2', { state: 'failed', error, endedAt: '2026-01-01T10:00:05Z' })], { failed: 1 })
    expect(await screen.findByText('box2.tif ends too early. Scan it again.')).toBeTruthy()
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }))
    expect(client.jobs.retry).toHaveBeenCalledWith({ ids: ['box2'] })
  })

  test('moves with the events of the studio', async () => {
    const { tell } = await open([aJob('a', { state: 'running' })], { running: 1 })
    await screen.findByText('Colour a.jpg')
    await act(async () => tell({ type: 'job.changed', job: aJob('a', { state: 'running', progress: 0.4 }), summary: { ...emptySummary, running: 1 } }))
    await waitFor(() => expect(screen.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('40'))
    expect(screen.getByText('40%')).toBeTruthy()
  })

  test('shows finished files where they lie', async () => {
    const result = { name: 'a-colour.jpg', grant: 'grant-9' as never, downloadable: false }
    const { host } = await open([aJob('a', { kind: 'export', state: 'done', result, endedAt: '2026-01-01T10:00:05Z' })])
    fireEvent.click(await screen.findByRole('button', { name: 'Show result' }))
    expect(host.reveal).toHaveBeenCalledWith('grant-9')
  })

  test('downloads each finished file in a browser', async () => {
    const job = (id: string) => aJob(id, { kind: 'export', state: 'done', result: { name: `${id}.jpg`, grant: `grant-${id}` as never, downloadable: true }, endedAt: '2026-01-01T10:00:05Z' })
    const { host } = await open([job('a'), job('b')])
    fireEvent.click(await screen.findByRole('button', { name: 'Download 2 files' }))
    await waitFor(() => expect(host.download).toHaveBeenCalledTimes(2))
    expect(host.download).toHaveBeenLastCalledWith('grant-b', 'b.jpg')
  })

  test('tells its log in sentences of the language', async () => {
    await open([aJob('a', { state: 'running', log: [{ at: '2026-01-01T10:00:00Z', text: { key: 'jobs.log.crashed', values: { crashes: 1 } } }] })])
    fireEvent.click(await screen.findByRole('button', { name: 'Log' }))
    expect(screen.getByText(/The colour engine stopped and was started again/)).toBeTruthy()
  })

  test('forgets what has ended when asked to', async () => {
    const { client } = await open([aJob('a', { state: 'done', endedAt: '2026-01-01T10:00:05Z' })])
    fireEvent.click(await screen.findByRole('button', { name: 'Clear finished' }))
    expect(client.jobs.clear).toHaveBeenCalledWith({ states: ['done', 'failed', 'cancelled'] })
  })
})
