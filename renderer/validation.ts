/**
 * The page's content security policy forbids code from text. Zod would find that out by trying, which is a violation of
 * the policy; here it is told. Imported before anything that makes a schema.
 */
import { z } from "zod";

z.config({ jitless: true });
