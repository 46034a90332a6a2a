-- A trial is a job of a search, which is one, too: of a number, with an end of its own and what it tries in words, and a score by the
-- search's metric. No search has a trial twice. How far a search is, is JSON.
ALTER TABLE job ADD COLUMN trial_of INTEGER REFERENCES job (id) ON DELETE CASCADE;
ALTER TABLE job ADD COLUMN trial INTEGER;
ALTER TABLE job ADD COLUMN until_epoch INTEGER;
ALTER TABLE job ADD COLUMN trial_values TEXT;
ALTER TABLE job ADD COLUMN score REAL;
ALTER TABLE job ADD COLUMN search TEXT;
CREATE UNIQUE INDEX job_trial ON job (trial_of, trial);
