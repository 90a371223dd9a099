import { paperNear } from '../../core/pages/marks.ts'
import { pixelAt } from '../../core/pages/strokes.ts'
import { lessonsOfHints, proposalsFor, type Proposal } from '../../core/pages/teaching.ts'
import { analysePage, layoutOf } from '../pages/analysis.ts'
import { solvePage } from '../pages/solving.ts'
import { featuresFor, lessonsFrom } from '../pages/teaching.ts'
import type { TaskContext } from '../workers/context.ts'
import { pageParams } from '../pages/params.ts'
import { fullOf } from './sources.ts'
import type { TaskInput, TaskOutput } from './task.ts'

/** Colours that the region at a place may have: what is alike on coloured pages and on this page has a say. */
export async function suggestColors(input: TaskInput<'suggestColors'>, task: TaskContext): Promise<TaskOutput<'suggestColors'>> {
  const params = pageParams(input.recipe)
  const full = await fullOf(task, input.source)
  const analysis = await analysePage(task, full, params)
  task.check()
  const layout = layoutOf(analysis, params)
  const { map } = analysis
  const p = paperNear(map, pixelAt(map.relief, input.x, input.y))
  const region = p < 0 ? 0 : (layout.regions.of[map.basins.labels.at(p)] as number)
  const features = await featuresFor(analysis, layout, full)
  const own = features[region]
  if (region === 0 || !own) return { colors: [] }
  const { fills } = solvePage(analysis, layout, { ...params, saturation: 1, unhinted: 'empty' })
  // What the region has already says nothing new.
  const here = lessonsOfHints(map, layout.regions, features, fills, params.hints).filter((lesson) => lesson.features !== own)
  const lessons = [...(await lessonsFrom(task, input.exemplars, params.toneSize)), ...here]
  return { colors: proposalsFor(own, lessons, lessons.length).slice(0, input.most).map(({ network: _network, ...color }: Proposal) => color) }
}
