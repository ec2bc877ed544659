/** Workbooks written by hand, for what programs that write them on their own leave out or do otherwise. */
import { ZipFile } from "yazl";

const NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

export interface HandMade {
  /** What stands within `sheetData` of the one sheet. */
  readonly cells: string;
  /** Items of the shared strings; none where there is no such part. */
  readonly strings?: readonly string[];
  /** Further sheets, by name: whether each is a chart, or hidden. */
  readonly before?: readonly { readonly name: string; readonly kind: "chartsheet" | "hidden" }[];
  readonly zip?: { readonly compress?: boolean; readonly forceZip64Format?: boolean };
  /** Parts besides, or instead. */
  readonly parts?: Readonly<Record<string, string | Uint8Array>>;
}

/** Parts of a workbook with one sheet that is called `Users & more`. */
export function partsOf({ cells, strings, before = [] }: HandMade): Readonly<Record<string, string>> {
  const sheets = [...before, { name: "Users &amp; more", kind: "worksheet" as const }].map(({ name, kind }, at) => ({ name, kind, id: `rId${at + 1}` }));
  const target = (kind: string, id: string) => (kind === "chartsheet" ? ["chartsheet", `chartsheets/${id}.xml`] : ["worksheet", `worksheets/${id}.xml`]);
  const relation = (id: string, [kind = "", part = ""]: readonly string[]) => `<Relationship Id="${id}" Type="${RELATION}/${kind}" Target="${part}"/>`;
  const shared = strings === undefined ? {} : { "xl/sharedStrings.xml": `<sst xmlns="${NAMESPACE}">${strings.map((item) => `<si>${item}</si>`).join("")}</sst>` };
  const relations = [...sheets.map(({ id, kind }) => relation(id, target(kind, id))), ...(strings === undefined ? [] : [relation("shared", ["sharedStrings", "sharedStrings.xml"])])];
  return {
    "[Content_Types].xml": "<Types/>",
    "xl/workbook.xml": `<?xml version="1.0"?><workbook xmlns="${NAMESPACE}" xmlns:r="${RELATION}"><sheets>${sheets
      .map(({ name, kind, id }, at) => `<sheet name="${name}" sheetId="${at + 1}"${kind === "hidden" ? ' state="hidden"' : ""} r:id="${id}"/>`)
      .join("")}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `<Relationships>${relations.join("")}</Relationships>`,
    ...Object.fromEntries(sheets.map(({ id, kind }) => [`xl/${target(kind, id)[1]}`, sheetOf(kind === "worksheet" ? cells : "")])),
    ...shared,
  };
}

const sheetOf = (cells: string) => `<?xml version="1.0"?><worksheet xmlns="${NAMESPACE}"><sheetData>${cells}</sheetData></worksheet>`;

/** The bytes of a hand-made workbook. */
export async function bookOf(made: HandMade): Promise<Buffer> {
  return zipOf({ ...partsOf(made), ...made.parts }, made.zip);
}

export async function zipOf(parts: Readonly<Record<string, string | Uint8Array>>, { compress = true, forceZip64Format = false }: HandMade["zip"] = {}): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(parts)) zip.addBuffer(Buffer.from(content), name, { compress, forceZip64Format });
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}
