/** Part of both the first script and the lazy one. */
export const greeting = (name: string): string => `the binary is ${name}`;
