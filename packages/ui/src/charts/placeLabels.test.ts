import * as fc from "fast-check"
import { expect, test } from "vitest"
import { distance, overlap, placeLabels, type Box } from "./placeLabels.ts"

const frame = { left: 0, top: 0, width: 400, height: 200 }
const at = fc.record({ left: fc.integer({ min: 0, max: 400 }), top: fc.integer({ min: 0, max: 200 }) })

const place = (
  dots: readonly { left: number; top: number }[],
  lines: Parameters<typeof placeLabels>[1]["lines"] = []
) =>
  placeLabels(
    dots.map((dot) => ({ at: dot, width: 14, height: 10 })),
    { dots, lines, frame, clear: 6 }
  )

test("no label touches a dot or another label, wherever the dots are", () => {
  fc.assert(
    fc.property(fc.array(at, { minLength: 1, maxLength: 40 }), (dots) => {
      const boxes = place(dots).filter((box): box is Box => box !== null)
      for (const [index, box] of boxes.entries()) {
        for (const dot of dots) expect(distance(dot, box)).toBeGreaterThan(5)
        for (const other of boxes.slice(index + 1)) expect(overlap(box, other)).toBe(false)
        expect(box.left >= 0 && box.top >= 0 && box.left + box.width <= 400 && box.top + box.height <= 200).toBe(true)
      }
    })
  )
})

test("a dot that stands alone has its label beside it, above where there is room", () => {
  expect(place([{ left: 200, top: 100 }])).toEqual([{ left: 183, top: 84, width: 14, height: 10 }])
  expect(place([{ left: 2, top: 2 }])[0]).not.toBeNull()
})

test("a line is crossed only where nothing else is free", () => {
  const from = { left: 100, top: 100 }
  const [box] = place([from], [[from, { left: 60, top: 60 }]])
  expect(box?.left).toBeGreaterThan(90)
})

test("dots that lie close together keep their labels", () => {
  const pairs = [0, 1, 2, 3].flatMap((step) => [
    { left: 60 + 80 * step, top: 150 - 30 * step },
    { left: 66 + 80 * step, top: 146 - 30 * step }
  ])
  expect(place(pairs)).not.toContain(null)
})
