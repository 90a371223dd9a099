import { QueryClient } from '@tanstack/react-query'
import type { i18n } from 'i18next'
import { settings as settingsSchema } from '../../contract/settings.ts'
import type { Connection } from '../client/context.tsx'
import { queries } from '../client/queries.ts'
import { createTexts } from '../i18n/index.ts'
import { chosenLanguage } from '../../core/texts/language.ts'

/** What must be there before the first picture of the page can be right: language and theme. */
export interface Prepared {
  readonly connection: Connection
  readonly queryClient: QueryClient
  readonly translations: i18n
}

/** How long (ms) the page waits for the user's settings before it opens with the standard ones. */
const patience = 1500

/** Asks for settings, project and system at once; a studio that does not answer gives a page that says so. */
export async function prepare(connection: Connection): Promise<Prepared> {
  const queryClient = new QueryClient({
    defaultOptions: {
      // Events keep the entries fresh; asking again on every focus would only cost.
      queries: { staleTime: Number.POSITIVE_INFINITY, refetchOnWindowFocus: false, refetchOnReconnect: false, retry: 2, networkMode: 'always' },
      mutations: { networkMode: 'always' },
    },
  })
  const known = queries(connection.client)
  void queryClient.prefetchQuery(known.project())
  void queryClient.prefetchQuery(known.assets())
  void queryClient.prefetchQuery(known.system())
  const waited = new Promise<null>((resolve) => setTimeout(() => resolve(null), patience))
  const settings = await Promise.race([queryClient.fetchQuery({ ...known.settings(), retry: 0 }).catch(() => null), waited])
  const language = chosenLanguage((settings ?? settingsSchema.parse({})).language, navigator.languages)
  return { connection, queryClient, translations: await createTexts(language) }
}
