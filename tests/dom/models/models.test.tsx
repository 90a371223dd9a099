// @vitest-environment happy-dom
import '../support/browser.ts'
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, test } from 'vitest'
import { figuresOf } from '../../../src/renderer/models/figures.ts'
import { aModel, openStudio } from '../support/studio.tsx'

const hash = '#/models'
const get = { url: 'https://models.example/x.onnx', bytes: 612_000_000, sha256: 'ab'.repeat(32) }
const card = (name: string) => screen.findByRole('article', { name })

describe('a model’s card', () => {
  test('says size, licence, speed here, and which side of a figure is better', async () => {
    await openStudio({ models: [aModel('Stable', { bytes: 243_000_000, speedMs: 420, figures: { ciede2000: 7.9, what: 'on 200 photos' } })] }, { hash })
    const stable = within(await card('Stable'))
    expect(stable.getByText(/243 MB · MIT/)).toBeTruthy()
    expect(stable.getByText(/420 ms for 256 × 256 here/)).toBeTruthy()
    expect(stable.getByText('Colour error')).toBeTruthy()
    expect(stable.getByRole('img', { name: 'lower is better' })).toBeTruthy()
  })

  test('shows only figures it can name', () => {
    expect(figuresOf({ ciede2000: 9.6, secret: 3, psnr: 'high' }).map(({ id }) => id)).toEqual(['ciede2000'])
  })

  test('makes another model the default, but the default itself offers nothing', async () => {
    const { client } = await openStudio({ models: [aModel('Stable', { isDefault: true }), aModel('Artistic')] }, { hash })
    expect(within(await card('Stable')).queryByRole('button', { name: 'Make default' })).toBeNull()
    fireEvent.click(within(await card('Artistic')).getByRole('button', { name: 'Make default' }))
    await waitFor(() => expect(client.models.setDefault).toHaveBeenCalledWith({ id: 'Artistic' }))
  })

  test('asks before it deletes a file, and never deletes what came with the studio', async () => {
    const { client } = await openStudio({ models: [aModel('Own', { state: 'bundled' }), aModel('Artistic', { download: get })] }, { hash })
    expect(within(await card('Own')).queryByRole('button', { name: 'Remove' })).toBeNull()
    fireEvent.click(within(await card('Artistic')).getByRole('button', { name: 'Remove' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'Remove “Artistic”?' }))
    expect(client.models.remove).not.toHaveBeenCalled()
    fireEvent.click(dialog.getByRole('button', { name: 'Remove' }))
    await waitFor(() => expect(client.models.remove).toHaveBeenCalledWith({ id: 'Artistic' }))
  })

  test('says what is wrong with a broken one', async () => {
    await openStudio({ models: [aModel('Broken', { state: 'broken', problem: { message: 'model.onnx is not what its card says.' } })] }, { hash })
    expect(within(await card('Broken')).getByText('model.onnx is not what its card says.')).toBeTruthy()
  })
})

describe('getting a model', () => {
  test('shows licence, address, size and hash before anything is fetched', async () => {
    const licence = { spdx: 'CC-BY-NC-4.0', commercial: false, note: '' }
    const { client } = await openStudio({ models: [aModel('Fine', { state: 'available', download: get, licence })] }, { hash })
    fireEvent.click(within(await card('Fine')).getByRole('button', { name: 'Get 612 MB' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'Get “Fine”' }))
    for (const text of ['CC-BY-NC-4.0', get.url, '612 MB', get.sha256, 'Its licence does not allow commercial use.']) expect(dialog.getByText(text)).toBeTruthy()
    expect(client.models.get).not.toHaveBeenCalled()
    fireEvent.click(dialog.getByRole('button', { name: 'Accept and get' }))
    await waitFor(() => expect(client.models.get).toHaveBeenCalledWith({ id: 'Fine', acceptLicence: true }))
  })
})

describe('what computes', () => {
  test('says why a provider is off, and probes again when asked', async () => {
    const { client } = await openStudio({ models: [] }, { hash })
    const panel = within(await screen.findByRole('region', { name: 'What computes' }))
    expect(panel.getByText('No NVIDIA driver was found.')).toBeTruthy()
    expect(panel.getByText('In use')).toBeTruthy()
    fireEvent.click(panel.getByRole('button', { name: 'Probe again' }))
    await waitFor(() => expect(client.system.probe).toHaveBeenCalled())
  })
})
