/** What was last seen of each store's directory and servers, in PostgreSQL's words: whoever may hold the lease of the checks writes it. */
import { grantAs } from "./grant-as.ts";
import { SCHEMA } from "./names.ts";

export const sightingTable = `
CREATE TABLE sighting (
  store_id text PRIMARY KEY REFERENCES stored_identity_store (id),
  changed bigint NOT NULL,
  content text NOT NULL
);
CREATE TRIGGER sighting_tell AFTER INSERT OR UPDATE OR DELETE ON sighting FOR EACH STATEMENT EXECUTE FUNCTION tell_change();
DO $rights$
DECLARE
  grantee text;
BEGIN${grantAs("schema_version", "SELECT", [`SELECT ON ${SCHEMA}.sighting`])}${grantAs("lease", "INSERT", [`INSERT, UPDATE, DELETE ON ${SCHEMA}.sighting`])}
END $rights$;
`;
