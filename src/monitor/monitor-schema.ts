/**
 * The schema of `monitor.db`, version by version: the first text makes version 1 of an empty database.
 * What has been released is never changed; a change is another text at the end.
 */
export const MONITOR_SCHEMA: readonly string[] = [
  `
  CREATE TABLE operators (
    name_key TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    password TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('watch', 'moderate', 'admin')),
    created_at_ms INTEGER NOT NULL,
    last_sign_in_at_ms INTEGER
  ) STRICT;

  -- Of secrets there is only the SHA-256 here: who reads this file can't sign in with it.
  CREATE TABLE sessions (
    secret_hash BLOB PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    name_key TEXT NOT NULL REFERENCES operators (name_key) ON DELETE CASCADE,
    came_from TEXT NOT NULL,
    created_at_ms INTEGER NOT NULL,
    last_used_at_ms INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX sessions_of_operator ON sessions (name_key);

  CREATE TABLE tokens (
    secret_hash BLOB PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('watch', 'moderate', 'admin')),
    created_at_ms INTEGER NOT NULL,
    expires_at_ms INTEGER,
    last_used_at_ms INTEGER
  ) STRICT;

  -- "record" is the canonical JSON that "hash" is the SHA-256 of.
  CREATE TABLE audit (
    seq INTEGER PRIMARY KEY,
    record TEXT NOT NULL,
    hash TEXT NOT NULL
  ) STRICT;
  CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
  BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
  CREATE TRIGGER audit_is_never_shortened BEFORE DELETE ON audit
  BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
  CREATE TRIGGER audit_only_grows_at_its_end BEFORE INSERT ON audit
  WHEN NEW.seq <= (SELECT max(seq) FROM audit)
  BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
  `,
]
