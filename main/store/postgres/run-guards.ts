/** What triggers hold every account to that writes in a run, of mail objects or of a job. */
import { ADMINISTERS, FIXED } from "./tables.ts";

/** No statement holds a run for longer than this from now on, in milliseconds, so that nobody keeps one from the others. */
const LONGEST_HOLD_MS = 60_000;

export const refuse = (message: string) => `RAISE insufficient_privilege USING MESSAGE = '${message}';`;

/** Of the run that a row belongs to: whether this account's console is at it. `runs`: the table of runs; `run`: the id, as an expression. */
export const holds = (runs: string, run: string) => `EXISTS (SELECT FROM ${runs} WHERE id = ${run} AND holder IS NOT NULL AND holder_login = session_user AND held_until >= now_ms())`;

/** A run is begun in one's own name, and written by whoever is at it. `more`: what else is refused, as statements. */
export const guardOfRuns = (runs: string, more = "") => `
CREATE FUNCTION guard_${runs}() RETURNS trigger LANGUAGE plpgsql ${FIXED} AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    NEW.login := session_user;
    IF NEW.who <> session_user AND NOT ${ADMINISTERS} THEN
      ${refuse("a run is begun in one''s own name")}
    END IF;
  ELSIF OLD.holder IS NOT NULL AND OLD.held_until >= now_ms() AND OLD.holder_login <> session_user THEN
    ${refuse("another account is at this run")}
  END IF;${more}
  NEW.holder_login := session_user;
  IF NEW.held_until > now_ms() + ${LONGEST_HOLD_MS} THEN
    ${refuse("a run is not held for so long")}
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER ${runs}_guard BEFORE INSERT OR UPDATE ON ${runs} FOR EACH ROW EXECUTE FUNCTION guard_${runs}();
`;

/** Word of what was begun, written, let go of or removed. */
export const tellOfRuns = (runs: string) => `CREATE TRIGGER ${runs}_tell AFTER INSERT OR UPDATE OF changed OR DELETE ON ${runs} FOR EACH STATEMENT EXECUTE FUNCTION tell_change();`;
