import { Button, Popover } from '@mantine/core'
import { IconMessageReport } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Asset } from '../../../contract/assets.ts'
import type { Recipe } from '../../../contract/recipe.ts'
import { colorizeStep } from '../../../core/steps/colorize.ts'
import { paramsOf } from '../../../core/steps/step.ts'
import { useCommand } from '../../app/commands.ts'
import { useClient, useHost } from '../../client/context.tsx'
import { useTexts } from '../../i18n/index.ts'
import { setParam, type Edit } from '../editing.ts'
import type { RecipeEditing } from '../useRecipe.ts'
import styles from './OnePhoto.module.css'

const readings = ['pale', 'loud', 'patchy'] as const
type Reading = (typeof readings)[number]

const clamp = (value: number, min: number, max: number) => Math.min(max, Math.max(min, value))

/** What helps against each reading of the fault, as one gesture. */
function cure(recipe: Recipe, reading: Reading, standardFactor: number): Edit {
  const stored = recipe.steps.find((each) => each.step === colorizeStep.id) ?? { step: colorizeStep.id, enabled: true, params: {} }
  const { params } = paramsOf(colorizeStep, stored)
  const factor = typeof params.renderFactor === 'number' ? params.renderFactor : standardFactor
  const edits: Record<Reading, readonly [string, number][]> = {
    pale: [['vividness', clamp(params.vividness + 0.25, 0, 1)], ['strength', clamp(params.strength + 0.15, 0, 1.5)]],
    loud: [['vividness', clamp(params.vividness - 0.25, 0, 1)], ['saturation', clamp(params.saturation * 0.75, 0, 2)]],
    patchy: [['renderFactor', clamp(Math.round(factor * 0.7), 7, 45)], ['edgeRepair', 1]],
  }
  let changed = recipe
  const patches: Edit['patches'] = []
  for (const [param, value] of edits[reading]) {
    const edit = setParam(changed, colorizeStep, param, value)
    changed = edit.recipe
    patches.push(...edit.patches)
  }
  return { recipe: changed, patches, label: { key: `history.wrong.${reading}` } }
}

/** One reading of the fault with the picture as it would become. */
function Remedy({ asset, edit, title, text, onChoose }: { asset: Asset; edit: Edit; title: string; text: string; onChoose(): void }) {
  const client = useClient()
  const host = useHost()
  const { data } = useQuery({
    queryKey: ['remedy', asset.id, edit.recipe],
    queryFn: ({ signal }) => client.photos.preview({ asset: asset.id, recipe: edit.recipe, box: { width: 160, height: 160 }, lane: `remedy:${asset.id}:${title}`, priority: 'visible' }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })
  return (
    <button type="button" className={styles['remedy']} onClick={onChoose}>
      <span className={styles['remedyPicture']}>{data && <img src={host.pictureUrl(data.key)} alt="" />}</span>
      <span>
        <strong>{title}</strong>
        <span>{text}</span>
      </span>
    </button>
  )
}

/** "Something looks wrong": three readings of the fault, each with its remedy tried on this picture. */
export function WrongPopover({ asset, editing, standardFactor }: { readonly asset: Asset; readonly editing: RecipeEditing; readonly standardFactor: number }) {
  const { t } = useTexts()
  const [opened, setOpened] = useState(false)
  useCommand('photo.wrong', () => setOpened(true))
  return (
    <div className={styles['wrong']}>
      <Popover opened={opened} onChange={setOpened} position="left" width="target" trapFocus>
        <Popover.Target>
          <Button variant="default" fullWidth leftSection={<IconMessageReport size={16} stroke={1.6} />} onClick={() => setOpened((open) => !open)}>
            {t('photos.wrong.title')}
          </Button>
        </Popover.Target>
        <Popover.Dropdown>
          {readings.map((reading) => {
            const edit = cure(editing.recipe, reading, standardFactor)
            return (
              <Remedy
                key={reading}
                asset={asset}
                edit={edit}
                title={t(`photos.wrong.${reading}`)}
                text={t(`photos.wrong.${reading}Help`)}
                onChoose={() => {
                  setOpened(false)
                  void editing.commit(edit)
                }}
              />
            )
          })}
        </Popover.Dropdown>
      </Popover>
    </div>
  )
}
