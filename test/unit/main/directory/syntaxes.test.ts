import { SearchRequest, SearchResponse } from "ldapts";
import { expect, it } from "vitest";
import { createSyntaxes } from "../../../../main/directory/syntaxes.ts";
import { fail, succeed } from "../../../../shared/fault.ts";

const SCHEMA = "CN=Schema,CN=Configuration,DC=contoso,DC=lab";

/** A schema with these attributes, which counts how often it is asked. */
function schemaOf(syntaxes: Readonly<Record<string, string>>) {
  const asked: string[] = [];
  const learnt = createSyntaxes(SCHEMA, (make) => {
    const request = make(1);
    if (request instanceof SearchRequest) asked.push(request.baseDN);
    const text = (type: string, value: string) => ({ type, values: [value], parsedBuffers: [Buffer.from(value)] });
    const entries = Object.entries(syntaxes).map(([name, syntax]) => ({ dn: `CN=${name},${SCHEMA}`, attributes: [text("lDAPDisplayName", name), text("attributeSyntax", syntax)] }));
    return Promise.resolve(succeed({ result: new SearchResponse({ messageId: 1, status: 0 }), entries, references: [], cookie: Buffer.alloc(0) }));
  });
  return { learnt, asked };
}

it("attributes hold bytes where the schema says so, and text everywhere else", async () => {
  // MS-ADTS 3.1.1.2.2.2: octet string, SID, Unicode string.
  const { learnt, asked } = schemaOf({ objectGUID: "2.5.5.10", objectSid: "2.5.5.17", cn: "2.5.5.12" });
  expect(await learnt.learn(["objectguid", "objectsid", "cn", "unknown"])).toEqual(succeed(null));
  expect(["objectguid", "objectsid", "cn", "unknown"].map((name) => learnt.isBinary(name))).toEqual([true, true, false, false]);
  await learnt.learn(["cn", "unknown"]);
  expect(asked).toEqual([SCHEMA]);
});

it("a schema that cannot be asked fails the search", async () => {
  const refused = fail({ kind: "forbidden", needs: ["read-directory"] });
  expect(await createSyntaxes(SCHEMA, () => Promise.resolve(refused)).learn(["cn"])).toEqual(refused);
});
