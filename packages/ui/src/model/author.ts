const key = "studio-author"

/** Who promoted or waived last in this browser. */
export const lastAuthor = (): string => localStorage.getItem(key) ?? ""

export const rememberAuthor = (author: string): void => localStorage.setItem(key, author)
