/** How a comment begins that keeps a codemod from what stands below it: `lifecycle-codemod-ignore <codemod>: <why>`. */
export const IGNORE_MARK = 'lifecycle-codemod-ignore';
