import { cellKey, type Campaign } from "@sglang-studio/core/domain"
import { prose } from "../../base/prose.ts"
import { cellWords } from "./matrix.ts"

/** A sentence of a verdict as it is read: cells and metrics by their names on screen, not by their keys. */
export const campaignWords = ({ cells }: Pick<Campaign, "cells">, text: string): string => {
  const names = new Map(cells.map((cell) => [cellKey(cell.case, cell.point), cellWords(cell)]))
  // The longest key first: one can begin as another one does.
  const keys = [...names.keys()].toSorted((a, b) => b.length - a.length)
  const named = keys.reduce((said, key) => said.replaceAll(`${key} (`, `${names.get(key) ?? key} (`), text)
  return prose(named)
}
