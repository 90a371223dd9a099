import { Menu, UnstyledButton } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { CommandId } from '../../core/commands/index.ts'
import { useClient } from '../client/context.tsx'
import { useProject, useStudioQueries } from '../client/queries.ts'
import { useTexts } from '../i18n/index.ts'
import { ShortcutKeys } from '../ui/ShortcutKeys.tsx'
import { useTell } from '../ui/tell.ts'
import { useCommandButton } from './commands.ts'
import classes from './ProjectMenu.module.css'

/** How many recent projects the menu lists. */
const shown = 6

function CommandItem({ id }: { readonly id: CommandId }) {
  const { t } = useTexts()
  const { enabled, shortcut, run } = useCommandButton(id)
  return (
    <Menu.Item disabled={!enabled} onClick={run} rightSection={shortcut ? <ShortcutKeys shortcut={shortcut} joined /> : null}>
      {t(`commands.${id}`)}
    </Menu.Item>
  )
}

function RecentItems() {
  const { t } = useTexts()
  const client = useClient()
  const tell = useTell()
  const { data: project } = useProject()
  const { data: recent } = useQuery(useStudioQueries().recent())
  const others = recent?.filter(({ id }) => id !== project?.id).slice(0, shown) ?? []
  if (others.length === 0) return null
  return (
    <>
      <Menu.Divider />
      <Menu.Label>{t('app.project.recent')}</Menu.Label>
      {others.map(({ id, name, folder, missing }) => (
        <Menu.Item key={id} disabled={missing} title={missing ? t('app.project.missing') : folder} onClick={() => void client.projects.open({ id }).catch(tell.error)}>
          {name}
        </Menu.Item>
      ))}
    </>
  )
}

/** The project's name; its menu opens, renames and goes back to others. */
export function ProjectMenu() {
  const { t } = useTexts()
  const { data: project } = useProject()
  const name = project?.name ?? t('app.name')
  return (
    <Menu>
      <Menu.Target>
        <UnstyledButton className={classes['name']} aria-label={t('app.project.menu', { name })}>
          <span className={classes['text']}>{name}</span>
          <IconChevronDown className={classes['chevron']} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <CommandItem id="project.new" />
        <CommandItem id="project.open" />
        <CommandItem id="project.rename" />
        <CommandItem id="project.close" />
        <RecentItems />
      </Menu.Dropdown>
    </Menu>
  )
}
