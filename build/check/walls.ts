// Which room may import which: rule `wall`, and `wall-missing` for an import that leads nowhere.
import { type Finding, type Outcome, wallsPage } from './finding.ts'
import { sourceModules, targetOf, type Target } from './imports.ts'
import { roomNames, roomOf, rooms, type RoomName } from './rooms.ts'

/** Why `room` may not import `target`, or undefined where it may. Packages have a check of their own. */
function objection(room: RoomName, target: Target): string | undefined {
  const { imports, platform }: { imports: readonly string[]; platform: readonly string[] } = rooms[room]
  if (target.kind === 'missing') return `imports ${target.name}, which does not exist`
  if (target.kind === 'node') {
    if (target.name === 'sqlite') return platform.includes('sqlite') ? undefined : 'imports node:sqlite, which the room studio holds alone'
    return platform.includes('node') ? undefined : `imports node:${target.name}, but the room ${room} does not run on Node`
  }
  if (target.kind === 'package') {
    return target.name !== 'electron' || platform.includes('electron') ? undefined : 'imports electron, which the rooms main and preload hold alone'
  }
  const other = roomOf(target.path)
  // Drawn pictures and data belong to no room; code does.
  if (other === room || /\.(json|svg|webp|png|jpg)$/.test(target.path)) return undefined
  if (other === undefined) {
    // Stylesheets and JSON of packages resolve into node_modules; the package check looks at those.
    return target.path.includes('node_modules/') ? undefined : `imports ${target.path}, which lies in no room`
  }
  if (imports.includes(other)) return undefined
  return `imports ${target.path} of the room ${other}; ${room} may import ${imports.length > 0 ? imports.join(', ') : 'no other room'}`
}

export async function checkWalls(root: string): Promise<Outcome> {
  const modules = await sourceModules(root)
  const findings: Finding[] = []
  for (const module of modules) {
    const room = roomOf(module.source)
    if (!room) {
      findings.push({ rule: 'wall', place: module.source, message: `lies in no room; the rooms are ${roomNames.join(', ')} (${wallsPage})` })
      continue
    }
    for (const { module: specifier, resolved, couldNotResolve } of module.dependencies) {
      const target = targetOf(specifier, resolved, couldNotResolve)
      const reason = objection(room, target)
      if (reason) findings.push({ rule: target.kind === 'missing' ? 'wall-missing' : 'wall', place: module.source, message: `room ${room} ${reason} (${wallsPage})` })
    }
  }
  return { findings, summary: `${modules.length} modules, ${modules.reduce((sum, module) => sum + module.dependencies.length, 0)} imports` }
}

/** Rule `cycle`: no file may import itself by way of others. Each circle is told once, from its first file on. */
export async function checkCycles(root: string): Promise<Outcome> {
  const modules = await sourceModules(root)
  const circles = new Map<string, string[]>()
  for (const module of modules) {
    for (const dependency of module.dependencies) {
      if (!dependency.circular) continue
      const circle = (dependency.cycle ?? []).map((step) => (typeof step === 'string' ? step : step.name))
      circles.set(circle.toSorted().join('|'), [module.source, ...circle])
    }
  }
  const findings = [...circles.values()].map((circle) => ({
    rule: 'cycle',
    place: circle[0]!,
    message: `imports itself: ${circle.join(' → ')}. Move what both need into a file of its own (${wallsPage})`,
  }))
  return { findings, summary: `${modules.length} modules` }
}
