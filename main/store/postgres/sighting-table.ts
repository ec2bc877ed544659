/**
 * What was last seen of each store's directory and servers, in PostgreSQL's words: whoever may hold the lease of the checks writes it. What is
 * told to listeners is that of the console that looked, so that the others read it when they hear of something else, or within a minute.
 */
import { grantAs } from "./grant-as.ts";
import { SCHEMA } from "./names.ts";

export const sightingTable = `
CREATE TABLE sighting (
  store_id text PRIMARY KEY REFERENCES stored_identity_store (id),
  content text NOT NULL
);
DO $rights$
DECLARE
  grantee text;
BEGIN${grantAs("schema_version", "SELECT", [`SELECT ON ${SCHEMA}.sighting`])}${grantAs("lease", "INSERT", [`INSERT, UPDATE, DELETE ON ${SCHEMA}.sighting`])}
END $rights$;
`;
