-- Times are in milliseconds since 1970 (UTC); lists and options are JSON; booleans are 0 or 1.
CREATE TABLE job (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  experiment TEXT NOT NULL,
  brings_experiment INTEGER NOT NULL,
  options TEXT NOT NULL,
  dataset TEXT,
  labels TEXT NOT NULL,
  priority INTEGER NOT NULL,
  devices INTEGER NOT NULL,
  device TEXT,
  state TEXT NOT NULL,
  resumable INTEGER NOT NULL DEFAULT 0,
  cancel TEXT,
  cancelled_by TEXT,
  failure TEXT,
  crashes INTEGER NOT NULL DEFAULT 0,
  submitted INTEGER NOT NULL,
  submitted_by TEXT NOT NULL,
  queued INTEGER NOT NULL,
  began INTEGER,
  ended INTEGER,
  epoch INTEGER,
  step INTEGER,
  epochs INTEGER,
  steps INTEGER,
  loss REAL
);
CREATE INDEX job_state ON job (state, id);

CREATE TABLE attempt (
  job INTEGER NOT NULL REFERENCES job (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  slots TEXT NOT NULL,
  pid INTEGER,
  process_began INTEGER,
  began INTEGER NOT NULL,
  ended INTEGER,
  exit_code INTEGER,
  PRIMARY KEY (job, number)
) WITHOUT ROWID;

-- A device that is not here is available.
CREATE TABLE device (
  id TEXT PRIMARY KEY,
  drained INTEGER NOT NULL DEFAULT 0,
  fault TEXT
) WITHOUT ROWID;

CREATE TABLE crash (
  device TEXT NOT NULL,
  job INTEGER NOT NULL,
  PRIMARY KEY (device, job)
) WITHOUT ROWID;

CREATE TABLE token (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  hash BLOB NOT NULL UNIQUE,
  created INTEGER NOT NULL,
  revoked INTEGER
);

-- The key of a request, and what it asked for.
CREATE TABLE idempotency (
  key TEXT PRIMARY KEY,
  request BLOB NOT NULL,
  job INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE audit (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  time INTEGER NOT NULL,
  who TEXT NOT NULL,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail TEXT
);
