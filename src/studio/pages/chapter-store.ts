import type { Database } from '../storage/database.ts'

/** What archives said of the chapters that came out of them. */
export class ChapterStore {
  #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  /** @param folder of the pages, as assets have it */
  keepComicInfo(folder: string, text: string): void {
    this.#database.run('INSERT INTO chapters (folder, comic_info) VALUES (?, ?) ON CONFLICT (folder) DO UPDATE SET comic_info = excluded.comic_info', folder, text)
  }

  /** The ComicInfo.xml of the archive that pages of a folder came from; null where there was none. */
  comicInfoOf(folder: string): { readonly folder: string; readonly text: string } | null {
    for (let place = folder; place !== ''; place = place.slice(0, Math.max(0, place.lastIndexOf('/')))) {
      const text = this.#database.get('SELECT comic_info FROM chapters WHERE folder = ?', place)?.['comic_info']
      if (typeof text === 'string') return { folder: place, text }
    }
    return null
  }
}
