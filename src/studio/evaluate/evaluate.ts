import type { EngineOutput } from '../../contract/engine.ts'
import { asHourglassError, type HourglassError } from '../../contract/errors.ts'
import type { EvaluatedPicture, EvaluatedSet, EvaluationEvent, EvaluationRequest, EvaluationSummary, PairReport } from '../../contract/evaluate.ts'
import type { Hint } from '../../contract/hints.ts'
import type { Said } from '../../contract/texts.ts'
import { fault, phrase } from '../../core/texts/wording.ts'
import { figuresOfPicture, figuresOfSet, type Candidate } from '../../core/evaluate/figures.ts'
import { categoryOf, framesBefore, matchNames, type NamePair } from '../../core/evaluate/names.ts'
import type { EngineClient } from '../engine-client/client.ts'
import type { Grants } from '../grants/grants.ts'
import { hintsFor, listPictures, openGroups } from './listing.ts'

export interface EvaluateOptions {
  readonly engine: EngineClient
  readonly grants: Grants
}

/** Pictures under way together: one is decoded while another is measured. */
const together = 2
/** What the first pass, for the mean colour, counts of a picture's progress. */
const firstPass = 0.1

interface Measured {
  readonly name: string
  readonly category: string
  readonly groups: readonly string[]
  readonly report: PairReport
}

/** Answers in the order of the items, the work on the next ones already going on. A failure is an answer too. */
async function* inOrder<Item, Answer>(items: readonly Item[], work: (item: Item) => Promise<Answer>): AsyncGenerator<{ item: Item; answer?: Answer; error?: HourglassError }> {
  const settled = (item: Item) =>
    work(item).then(
      (answer) => ({ item, answer }),
      (thrown: unknown) => ({ item, error: asHourglassError(thrown) }),
    )
  const going = items.slice(0, together).map(settled)
  for (let next = together; going.length > 0; next++) {
    const first = await (going.shift() as ReturnType<typeof settled>)
    if ('error' in first && first.error.code === 'cancelled') throw first.error
    const item = items[next]
    if (next < items.length) going.push(settled(item as Item))
    yield first
  }
}

const perCandidate = <Figures>(strengths: readonly number[], figures: (candidate: Candidate) => Figures) => ({
  output: figures('output'),
  grey: figures('grey'),
  meanColor: figures('meanColor'),
  strengths: strengths.map((strength, i) => ({ strength, figures: figures(i) })),
})

function setOf(measured: readonly Measured[], strengths: readonly number[]): EvaluatedSet {
  const reports = measured.map(({ report }) => report)
  return { pictures: reports.length, ...perCandidate(strengths, (candidate) => figuresOfSet(reports, candidate)) }
}

function setsBy(measured: readonly Measured[], strengths: readonly number[], namesOf: (each: Measured) => readonly string[]): Record<string, EvaluatedSet> {
  const names = [...new Set(measured.flatMap(namesOf))].sort()
  return Object.fromEntries(names.map((name) => [name, setOf(measured.filter((each) => namesOf(each).includes(name)), strengths)]))
}

const text = ({ width, height }: { width: number; height: number }): string => `${width}×${height}`

/** What was resized, and whether that bent the picture. */
function resizing({ name, report: { resizedFrom, reducedFrom, size } }: Measured): string | null {
  if (!resizedFrom) return null
  const truth = reducedFrom ?? size
  const bent = Math.abs((resizedFrom.width * truth.height) / (resizedFrom.height * truth.width) - 1) > 0.01
  return `${name}: ${text(resizedFrom)} → ${text(size)}${bent ? ', of another shape' : ''}`
}

function tuple(size: { width: number; height: number } | null): [number, number] | null {
  return size ? [size.width, size.height] : null
}

function fidNotes(fid: EngineOutput<'frechet'> | null): Said[] {
  if (!fid || fid.pictures > fid.dimensions) return []
  return [phrase('check.fidFew', { pictures: fid.pictures, dimensions: fid.dimensions })]
}

/**
 * Figures for two folders matched by name. A picture that cannot be read is told and left out; the rest goes on.
 * @throws HourglassError `bad-input` where a folder or list cannot be used or no two names match; `cancelled`
 */
export async function* evaluateFolders({ engine, grants }: EvaluateOptions, request: EvaluationRequest, signal?: AbortSignal): AsyncGenerator<EvaluationEvent, void, void> {
  const [realGrant, outputGrant] = [grants.resolve(request.real), grants.resolve(request.output)]
  const hintsGrant = request.hints ? grants.resolve(request.hints) : null
  const groups = openGroups(request.groups ? grants.resolve(request.groups) : null)
  const [real, output] = [await listPictures(realGrant), await listPictures(outputGrant)]
  const { pairs, unmatched } = matchNames([...real.paths.keys()], [...output.paths.keys()])
  if (pairs.length === 0) {
    throw fault('bad-input', 'fault.noPairs', 'remedy.matchedByPath', { real: realGrant.path, output: outputGrant.path })
  }
  yield { type: 'start', total: pairs.length }
  const unreadable = [...real.unreadable, ...output.unreadable]
  for (const { name, error } of unreadable) yield { type: 'failed', done: 0, name, error }
  let failed = unreadable.length

  const realPath = (pair: NamePair): string => real.paths.get(pair.real) as string
  const outputPath = (pair: NamePair): string => output.paths.get(pair.output) as string
  let done = 0
  const readable: NamePair[] = []
  const sum = { a: 0, b: 0 }
  for await (const { item, answer, error } of inOrder(pairs, (pair) => engine.run('meanColor', { path: realPath(pair) }, { signal, priority: 'job' }))) {
    if (error) {
      failed++
      yield { type: 'failed', done: ++done, name: item.real, error: error.toData() }
      continue
    }
    readable.push(item)
    sum.a += answer?.a ?? 0
    sum.b += answer?.b ?? 0
    yield { type: 'progress', done: done + firstPass * readable.length, name: item.real }
  }
  const meanColor = { a: sum.a / Math.max(1, readable.length), b: sum.b / Math.max(1, readable.length) }

  const features = async (of: readonly NamePair[]): Promise<EngineOutput<'frechet'> | null> => {
    if (!request.inception || of.length < 2) return null
    const model = grants.resolve(request.inception.file).path
    return engine.run('frechet', { model, range: request.inception.range, meanColor, pairs: of.map((pair) => ({ real: realPath(pair), output: outputPath(pair) })) }, { signal, priority: 'job' })
  }
  // A network that does not fit is told at once, not after all pictures.
  const [first] = readable
  if (first) {
    await features([first, first]).catch((thrown: unknown) => {
      // The picture's own fault is told when its turn comes.
      if (asHourglassError(thrown).code !== 'bad-input') throw thrown
    })
  }

  const before = request.frames ? framesBefore(readable.map((pair) => pair.real)) : new Map<string, string>()
  const byName = new Map(readable.map((pair) => [pair.real, pair]))
  let hinted = 0
  const work = async (pair: NamePair): Promise<PairReport> => {
    const hints: Hint[] | null = hintsGrant ? hintsFor(hintsGrant.path, pair.real) : null
    if (hints) hinted++
    const last = byName.get(before.get(pair.real) ?? '')
    return engine.run(
      'compare',
      {
        real: realPath(pair),
        output: outputPath(pair),
        meanColor,
        strengths: [...request.strengths],
        side: request.side,
        hints: hints ?? [],
        before: last ? { real: realPath(last), output: outputPath(last) } : null,
      },
      { signal, priority: 'job' },
    )
  }
  const measured: Measured[] = []
  for await (const { item, answer: report, error } of inOrder(readable, work)) {
    done++
    if (error || !report) {
      failed++
      if (error) yield { type: 'failed', done, name: item.real, error: error.toData() }
      continue
    }
    const each: Measured = { name: item.real, category: categoryOf(item.real), groups: groups.of(item.real), report }
    measured.push(each)
    yield { type: 'picture', done, picture: pictureOf(each, item, request.strengths) }
  }
  if (measured.length === 0) return

  const fid = await features(measured.map(({ name }) => byName.get(name) as NamePair))
  const { strengths } = request
  const summary: EvaluationSummary = {
    pictures: measured.length,
    failed,
    meanColor: [meanColor.a, meanColor.b],
    unmatched: { real: [...unmatched.real], output: [...unmatched.output] },
    resized: measured.flatMap((each) => resizing(each) ?? []),
    reduced: measured.flatMap(({ name, report }) => (report.reducedFrom ? [`${name}: ${text(report.reducedFrom)} → ${text(report.size)}`] : [])),
    all: setOf(measured, strengths),
    categories: setsBy(measured, strengths, ({ category }) => (category ? [category] : [])),
    groups: setsBy(measured, strengths, (each) => each.groups),
    fid,
    notes: [
      ...fidNotes(fid),
      ...(request.inception && !fid ? [phrase('check.fidTwo')] : []),
      ...(hintsGrant && hinted === 0 ? [phrase('check.noHintsIn', { folder: hintsGrant.path })] : []),
      ...(request.frames && measured.every(({ report }) => report.flicker === null) ? [phrase('check.noFrames')] : []),
      ...(request.frames ? [phrase('check.framesDepend')] : []),
      ...groups.notes(pairs.map((pair) => pair.real)),
    ],
  }
  yield { type: 'summary', summary }
}

function pictureOf({ name, category, groups, report }: Measured, pair: NamePair, strengths: readonly number[]): EvaluatedPicture {
  return {
    name,
    output: pair.output,
    category,
    groups: [...groups],
    size: [report.size.width, report.size.height],
    resizedFrom: tuple(report.resizedFrom),
    reducedFrom: tuple(report.reducedFrom),
    figures: perCandidate(strengths, (candidate) => figuresOfPicture(report, candidate)),
  }
}
