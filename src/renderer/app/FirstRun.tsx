import { Button, UnstyledButton } from '@mantine/core'
import { IconBox, IconPhoto, IconShieldLock } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import family from '../../../resources/samples/card-family.webp'
import girl from '../../../resources/samples/card-girl.webp'
import lake from '../../../resources/samples/card-lake.webp'
import logo from '../../../resources/logo-small.svg?no-inline'
import { HourglassError } from '../../contract/errors.ts'
import { useClient } from '../client/context.tsx'
import { useStudioQueries } from '../client/queries.ts'
import { useTexts } from '../i18n/index.ts'
import { ErrorPanel } from '../ui/ErrorPanel.tsx'
import { useTell } from '../ui/tell.ts'
import { useAddFiles } from './adding.ts'
import classes from './FirstRun.module.css'

/** name: part of the sample's file name. */
const samples = [
  { name: 'family', picture: family, text: 'app.welcome.family' },
  { name: 'girl', picture: girl, text: 'app.welcome.girl' },
  { name: 'lake', picture: lake, text: 'app.welcome.lake' },
] as const

/** What a newcomer wants to know, in small. */
function Facts() {
  const { t } = useTexts()
  const { data: system } = useQuery(useStudioQueries().system())
  return (
    <ul className={classes['facts']}>
      {system ? (
        <>
          <li>
            <IconBox className={classes['factIcon']} />
            {t('app.welcome.models', { count: system.modelsInstalled })}
          </li>
          <li>
            <span className={classes['dot']} data-gpu={system.provider !== 'cpu' || undefined} />
            {t(system.provider === 'cpu' ? 'app.welcome.cpu' : 'app.welcome.gpu')}
          </li>
        </>
      ) : null}
      <li>
        <IconShieldLock className={classes['factIcon']} />
        {t('app.welcome.private')}
      </li>
    </ul>
  )
}

/** What was open last and cannot be opened now: why, and a way to try again. */
function NotReopened() {
  const { t } = useTexts()
  const client = useClient()
  const tell = useTell()
  const { data: last } = useQuery(useStudioQueries().notReopened())
  if (!last) return null
  return <ErrorPanel error={HourglassError.fromData(last.why)} onRetry={() => void client.projects.open({ id: last.id }).catch(tell.error)} retryText={t('app.welcome.openAgain', { name: last.name })} />
}

/** The way back to earlier work; there is no list until there is a project. */
function Recent() {
  const { t } = useTexts()
  const client = useClient()
  const tell = useTell()
  const { data: recent } = useQuery(useStudioQueries().recent())
  const { data: project } = useQuery(useStudioQueries().project())
  const projects = recent?.filter(({ id, missing }) => !missing && id !== project?.id).slice(0, 4) ?? []
  if (projects.length === 0) return null
  return (
    <section className={classes['recent']} aria-label={t('app.welcome.recent')}>
      <span className={classes['recentTitle']}>{t('app.welcome.recent')}</span>
      {projects.map(({ id, name, folder }) => (
        <Button key={id} variant="subtle" title={folder} onClick={() => void client.projects.open({ id }).catch(tell.error)}>
          {name}
        </Button>
      ))}
    </section>
  )
}

/** Nothing open: one calm place to drop things on, samples to try, three quiet facts. */
export function FirstRun() {
  const { t } = useTexts()
  const adding = useAddFiles()
  return (
    <div className={classes['screen']}>
      <div className={classes['content']}>
        <section className={classes['drop']}>
          <img src={logo} alt="" className={classes['logo']} draggable={false} />
          <h1 className={classes['title']}>{t('app.welcome.title')}</h1>
          <p className={classes['text']}>{t('app.welcome.text')}</p>
          <Button variant="filled" size="lg" onClick={() => void adding.choose('photo')}>
            {t('app.welcome.choose')}
          </Button>
          {adding.chooseFolder ? (
            <Button variant="subtle" size="xs" onClick={() => void adding.chooseFolder?.('photo')}>
              {t('app.welcome.folder')}
            </Button>
          ) : null}
        </section>
        <NotReopened />
        <Recent />
        <section className={classes['samples']} aria-label={t('app.welcome.samples')}>
          <p className={classes['samplesTitle']}>{t('app.welcome.samples')}</p>
          <div className={classes['cards']}>
            {samples.map(({ name, picture, text }) => (
              <UnstyledButton key={text} className={classes['card']} onClick={() => void adding.samples(name)}>
                <img src={picture} alt="" className={classes['picture']} draggable={false} />
                <span className={classes['cardName']}>
                  <IconPhoto className={classes['factIcon']} />
                  {t(text)}
                </span>
              </UnstyledButton>
            ))}
          </div>
        </section>
        <Facts />
      </div>
    </div>
  )
}
