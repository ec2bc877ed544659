/** What carry-in probes said, in PostgreSQL's words. Whoever may save a configuration may bring a result in. */
import { grantAs } from "./grant-as.ts";

export const probeTables = `
CREATE TABLE probed (
  store_id text NOT NULL REFERENCES stored_identity_store (id),
  server text NOT NULL,
  provider text NOT NULL,
  at bigint NOT NULL,
  content text NOT NULL,
  PRIMARY KEY (store_id, server)
);
CREATE TRIGGER probed_tell AFTER INSERT OR UPDATE OR DELETE ON probed FOR EACH STATEMENT EXECUTE FUNCTION tell_change();
DO $rights$
DECLARE
  grantee text;
BEGIN${grantAs("schema_version", "SELECT", ["SELECT ON probed"])}${grantAs("lease", "INSERT", ["INSERT, UPDATE ON probed"])}
END $rights$;
`;
