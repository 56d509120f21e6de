/** Must be that of package.json (held by a test); traces and reports carry it. */
export const VERSION = "0.1.0";
