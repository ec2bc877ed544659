/**
 * The page's content security policy forbids code from text. Zod would find that out by trying, which is a violation of
 * the policy; here it is told, in the place where it looks when a page that checks what is typed loads it.
 */
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });
