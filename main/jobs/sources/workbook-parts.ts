/** The parts of a workbook that its rows are in (ECMA-376, part 1, 18), as text that was looked through. */
import { XMLParser } from "fast-xml-parser";
import { z } from "zod";
import { decodeText } from "../../decode-text.ts";
import { ZipDamage, type ZipParts } from "./zip-parts.ts";

const WORKBOOK = "xl/workbook.xml";
const RELATIONS = "xl/_rels/workbook.xml.rels";

const workbookSchema = z.object({
  workbook: z.object({ sheets: z.object({ sheet: z.array(z.object({ name: z.string(), id: z.string(), state: z.string().optional() })).default([]) }) }),
});
const relationsSchema = z.object({ Relationships: z.object({ Relationship: z.array(z.object({ Id: z.string(), Type: z.string(), Target: z.string() })).default([]) }) });
const parser = new XMLParser({ ignoreAttributes: false, removeNSPrefix: true, attributeNamePrefix: "", parseAttributeValue: false, isArray: (name) => name === "sheet" || name === "Relationship" });

interface Sheet {
  readonly name: string;
  /** Its part; null for a chart, which has no cells. */
  readonly part: string | null;
  readonly isHidden: boolean;
}

export interface WorkbookParts {
  /** In the workbook's order, charts among them. */
  readonly sheets: readonly Sheet[];
  /** What the sheets share: strings and styles, where there are any. */
  readonly common: readonly string[];
  readonly text: (part: string) => string;
}

/** Parts that the sheets are found by. */
export const indexParts = [RELATIONS, WORKBOOK];

/** Null where the zip file is no workbook. Throws {@link ZipDamage} where one of its parts is damaged. */
export function openWorkbook(zip: ZipParts): WorkbookParts | null {
  if (!indexParts.every((part) => zip.has(part))) return null;
  const text = (part: string) => plainXml(textOf(zip.read(part)));
  const { workbook } = checked(workbookSchema, text(WORKBOOK));
  const relations = checked(relationsSchema, text(RELATIONS)).Relationships.Relationship.map(({ Id, Type, Target }) => ({
    id: Id,
    kind: Type.slice(Type.lastIndexOf("/") + 1),
    part: Target.startsWith("/") ? Target.slice(1) : `xl/${Target}`,
  }));
  const sheets = workbook.sheets.sheet.map(({ name, id, state = "visible" }) => ({
    name,
    part: relations.find((relation) => relation.id === id && relation.kind === "worksheet")?.part ?? null,
    isHidden: state !== "visible",
  }));
  const common = ["sharedStrings", "styles"].flatMap((kind) => relations.find((relation) => relation.kind === kind)?.part ?? []);
  return { sheets, common: common.filter((part) => zip.has(part)), text };
}

function textOf(bytes: Uint8Array): string {
  const text = decodeText(bytes);
  if (!text.ok) throw new ZipDamage("a part is no text");
  return text.value;
}

/**
 * Without comments, and with what stands in CDATA sections as other text does: a reader that passes over them would lose it. Declarations, with
 * which a text could swell, have no place in a package (ECMA-376, part 2, 7.2.3.3).
 */
function plainXml(xml: string): string {
  if (!xml.includes("<!")) return xml;
  const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  const plain = xml.replaceAll(/<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>/g, (_all, text: string | undefined) => escaped(text ?? ""));
  if (plain.includes("<!")) throw new ZipDamage("a part declares what no package does");
  return plain;
}

function checked<S extends z.ZodType>(schema: S, xml: string): z.infer<S> {
  try {
    return schema.parse(parser.parse(xml));
  } catch (error) {
    throw new ZipDamage("a part is not as workbooks have it", { cause: error });
  }
}
