/** What a migration may do to the database it lifts; the studio hands it one that is inside a transaction. */
export interface MigrationDatabase {
  exec(sql: string): void
  all(sql: string): Record<string, unknown>[]
  run(sql: string, ...values: (string | number | null)[]): void
}

/** Lifts a stored format from `version - 1` to `version`. One file each, never changed once released. */
export interface Migration {
  readonly version: number
  readonly name: string
  up(database: MigrationDatabase): void
}
