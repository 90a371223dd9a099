import { useQuery } from '@tanstack/react-query'
import type { EnvironmentFinding } from '../../contract/system.ts'
import { useStudioQueries } from '../client/queries.ts'
import { useTexts } from '../i18n/index.ts'
import { StateBadge } from '../ui/StateBadge.tsx'
import classes from './EnvironmentNote.module.css'

/** What the environment says of one setting; undefined where it says nothing, or nothing is known yet. */
export function useEnvironment(setting: EnvironmentFinding['setting']): EnvironmentFinding | undefined {
  const { data: system } = useQuery(useStudioQueries().system())
  return system?.environment.find((found) => found.setting === setting)
}

/** At a setting: that a variable of the environment wins over it, or that it was passed over, and why. */
export function EnvironmentNote({ found }: { readonly found: EnvironmentFinding | undefined }) {
  const { t, label } = useTexts()
  if (!found) return null
  const { variable, value, usable, allowed } = found
  if (usable) return <p className={classes['note']}>{t('settings.environmentWins', { variable })}</p>
  return (
    <div role="status" className={classes['note']} data-fault data-selectable>
      <StateBadge state="doubtful" label={t('settings.environmentFault')} />
      <p className={classes['words']}>{t('settings.environmentUnusable', { variable, value, allowed: label(allowed) })}</p>
    </div>
  )
}
