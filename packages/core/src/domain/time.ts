const rfc3339 = /^(\d{4}-\d{2}-\d{2})(?:[Tt ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:[Zz]|[+-]\d{2}:\d{2})?)?$/u

/**
 * Whether a text is a day of the calendar, alone or with a time of day, as RFC 3339 writes it. `Date` takes much more,
 * and reads the 31st of February as a day in March.
 */
export const isTime = (text: string): boolean => {
  const [, day] = rfc3339.exec(text) ?? []
  if (day === undefined || Number.isNaN(Date.parse(text))) return false
  const midnight = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(day)
}
